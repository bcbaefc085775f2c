"""`llmprep check FILE`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import BankOption, JsonOption, LangOption, PlainOption, complete_exercise, open_bank, text
from llmprep.cli.paths import user_paths
from llmprep.errors import EnvironmentFault, Exit

if TYPE_CHECKING:
    from llmprep.bank import Bank
    from llmprep.model import Exercise
    from llmprep.verdict import Report

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("check.help"))
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("check.argument_file"), show_default=False)],
    exercise: Annotated[
        str | None,
        typer.Option(
            metavar="ITEM", help=text("check.option_exercise"), autocompletion=complete_exercise, show_default=False
        ),
    ] = None,
    *,
    lang: LangOption = LANGUAGE,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    bank: BankOption = None,
) -> None:
    """Grade one submission: show the report, record the attempt, exit 0 if it is accepted and 1 if not."""
    opened = open_bank(bank)
    item, report = grade(file, exercise, opened)
    if as_json:
        from llmprep.ui.report import report_json
        from llmprep.ui.text import json_text

        typer.echo(json_text(report_json(report, item, lang)))
    else:
        from llmprep.ui.console import console
        from llmprep.ui.report import print_report

        print_report(console(plain=plain), report, item, lang)
    sys.stdout.flush()
    if item is not None:
        _record(report)
    raise typer.Exit(Exit.YES if report.accepted else Exit.NO)


def grade(file: Path, name: str | None, bank: Bank) -> tuple[Exercise | None, Report]:
    """The exercise that a file solves, if that can be told, and the report on it."""
    from llmprep.checking.check import check as run_check
    from llmprep.checking.submission import UnreadableSubmissionError, guess_exercise, named_exercise, read_source
    from llmprep.sandbox import headstart
    from llmprep.verdict import Report, Verdict

    if name is not None:
        bank.exercise(name)
    try:
        source = read_source(file)
    except UnreadableSubmissionError as error:
        wanted = name or named_exercise(error.head)
        item = bank.exercise(wanted) if wanted else None
        verdict, digest = Verdict.INVALID_SUBMISSION, item.digest if item else ""
        return item, Report(item.id if item else "", digest, verdict, (), 0, (error.finding,))
    name = name or named_exercise(source)
    if name is None:
        entries = {entry.id: bank.exercise(entry.id).entry for entry in bank.summaries() if entry.kind == "exercise"}
        name = guess_exercise(source, entries, file)
    item = bank.exercise(name)

    def announce() -> None:
        if sys.stderr.isatty():
            typer.echo(text("check.working", item=item.id), err=True)

    return item, run_check(
        item,
        source,
        bank_file=bank.source_path(item.id),
        cache=user_paths(os.environ).cache,
        worker=headstart.take,
        announce=announce,
    )


def _record(report: Report) -> None:
    """Keep the attempt. A verdict is worth more than its record: if it cannot be kept, say so and go on."""
    from llmprep.store import Attempt, Store
    from llmprep.ui.text import explain

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
        findings=tuple({"key": finding.key, **finding.facts} for finding in findings),
    )
    try:
        with Store.open(user_paths(os.environ).data, now) as store:
            store.record_attempt(attempt)
    except EnvironmentFault as fault:
        typer.echo(text("check.not_recorded", reason=explain(fault, LANGUAGE)), err=True)
