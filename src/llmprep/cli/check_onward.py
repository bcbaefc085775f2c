"""After a check of one file: the attempt is kept, and what to go on with is looked up."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import bank_options, text
from llmprep.cli.paths import user_paths
from llmprep.errors import BankError, EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from llmprep.bank import Bank, Summary
    from llmprep.model import Exercise
    from llmprep.verdict import Report

SNIPPET = "failing_case.py"
"""The name that a report's command gives a snippet."""


def record(report: Report) -> Collection[str]:
    """Keep the attempt; a verdict is worth more than its record: if it cannot be kept, say so and go on.

    Returns:
        After an accepted one, the exercises accepted and the questions answered so far.
    """
    from llmprep.messages.say import explain
    from llmprep.store import Attempt, Mode, Store
    from llmprep.verdict import lean

    now = datetime.now(UTC)
    failure = report.first_failure
    findings = (*report.findings, *(failure.findings if failure else ()))
    attempt = Attempt(
        item=report.exercise,
        at=now,
        verdict=report.verdict.value,
        score=report.score,
        passed=report.passed,
        total=report.total,
        cpu_seconds=report.cpu_seconds,
        digest=report.digest,
        seed=report.seed,
        findings=lean(findings),
    )
    try:
        with Store.open(user_paths(os.environ).data, now) as store:
            store.record_attempt(attempt)
            if not report.accepted:
                return ()
            answered = {review.item for review in store.reviews() if review.mode is not Mode.EXERCISE}
            return store.items_with_verdict(report.verdict.value) | answered
    except EnvironmentFault as fault:
        typer.echo(text("check.not_recorded", reason=explain(fault, LANGUAGE)), err=True)
        return ()


def following(bank: Bank, exercise: Exercise, done: Collection[str]) -> Summary | None:
    """The item to go on with; none where the bank is invalid there, which is no matter of this submission's."""
    from llmprep.study.recommend import next_item

    try:
        known = [topic.id for topic in bank.topics()]
        topics = {exercise.topic, *(name.partition("/")[0] for name in exercise.related)}
        summaries = bank.summaries([topic for topic in known if topic in topics])
    except BankError:
        return None
    return next_item(exercise.id, exercise.related, summaries, done)


def again(file: Path, exercise: str | None, bank: Path | None, *more: str, seed: int | None = None) -> str:
    """The command that checks a file, the same again with a seed, and asks for something more."""
    name = str(file)
    parts = ["llmprep", "check", f"./{name}" if name.startswith("-") else name]
    parts += ["--exercise", exercise] if exercise else []
    parts += ["--seed", str(seed)] if seed is not None else []
    return " ".join([shlex.join(parts) + bank_options(bank), *map(shlex.quote, more)])
