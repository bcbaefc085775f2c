"""After a check of one file: record the attempt; the commands that a report names."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import bank_options, text
from llmprep.cli.paths import user_paths
from llmprep.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from llmprep.verdict import Report

SNIPPET = "failing_case.py"
"""The name that a report's command gives a snippet."""


def record(report: Report) -> Collection[str]:
    """Record the attempt. If that fails, say so and go on: a verdict is worth more than its record.

    Returns:
        After an accepted one, the exercises accepted and the questions answered so far.
    """
    from llmprep.messages.say import explain
    from llmprep.store import Store
    from llmprep.study.attempts import record_attempt

    now = datetime.now(UTC)
    try:
        with Store.open(user_paths(os.environ).data, now) as store:
            return record_attempt(store, report, now)
    except EnvironmentFault as fault:
        typer.echo(text("check.not_recorded", reason=explain(fault, LANGUAGE)), err=True)
        return ()


def again(file: Path, exercise: str | None, bank: Path | None, *more: str, seed: int | None = None) -> str:
    """Return the command that checks a file again, with a seed or further options."""
    name = str(file)
    parts = ["llmprep", "check", f"./{name}" if name.startswith("-") else name]
    parts += ["--exercise", exercise] if exercise else []
    parts += ["--seed", str(seed)] if seed is not None else []
    return " ".join([shlex.join(parts) + bank_options(bank), *map(shlex.quote, more)])
