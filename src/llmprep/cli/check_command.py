"""`llmprep check FILE...`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import (
    BankOption,
    JsonOption,
    LangOption,
    PlainOption,
    bank_options,
    complete_exercise,
    open_bank,
    text,
)
from llmprep.cli.paths import cache_folder
from llmprep.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.bank import Bank
    from llmprep.model import Exercise, Language
    from llmprep.sandbox.process import Worker
    from llmprep.ui.terminal.progress import Notice
    from llmprep.verdict import Report

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

FORMS = ("text", "json", "junit", "csv")
ROOM, ROOM_WATCHED = 23, 22
"""Lines that a report has on a screen of 24: below it stands a prompt, and where a file is watched a line above too."""


class Asked(NamedTuple):
    """What was asked about one file."""

    file: Path
    exercise: str | None
    bank: Bank
    bank_folder: Path | None
    seed: int | None
    form: str
    language: Language
    plain: bool
    snippet: Path | None
    explain: bool
    room: int = ROOM


@app.command(help=text("check.help"))
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=text("check.argument_files"), show_default=False)
    ],
    exercise: Annotated[
        str | None,
        typer.Option(
            metavar="ITEM", help=text("check.option_exercise"), autocompletion=complete_exercise, show_default=False
        ),
    ] = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", help=text("check.option_watch"))] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help=text("check.option_jobs"), show_default=False)
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=text("check.option_format"))] = "text",
    as_json: JsonOption = False,
    fresh: Annotated[
        bool | None, typer.Option("--fresh/--no-fresh", help=text("check.option_fresh"), show_default=False)
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help=text("check.option_seed"), show_default=False)
    ] = None,
    snippet: Annotated[
        Path | None, typer.Option("--snippet", metavar="PATH", help=text("check.option_snippet"), show_default=False)
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help=text("check.option_explain"))] = False,
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="FILE", help=text("check.option_roster"), show_default=False)
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option("--feedback", metavar="FOLDER", help=text("check.option_feedback"), show_default=False),
    ] = None,
    allow_weaker: Annotated[bool, typer.Option("--allow-weaker", help=text("check.option_allow_weaker"))] = False,
    lang: LangOption = LANGUAGE,
    plain: PlainOption = False,
    bank: BankOption = None,
) -> None:
    """Grade one submission and record the attempt, or grade many; exit 0 only if all are accepted."""
    if form not in FORMS:
        raise UsageError("check.format_unknown", name=form)
    if as_json and form in ("junit", "csv"):
        raise UsageError("check.json_and_junit", form=form)
    form = "json" if as_json else form
    opened = open_bank(bank)
    if exercise is not None:
        opened.exercise(exercise)
    several = len(files) > 1 or files[0].is_dir()
    many = several or roster is not None or feedback is not None
    in_rows = many or form in ("junit", "csv")
    if explain and in_rows:
        raise UsageError("check.explain_one")
    if snippet is not None:
        from llmprep.checking.entry import is_notebook
        from llmprep.cli.check_snippet import may_write

        if in_rows:
            raise UsageError("check.snippet_one")
        if is_notebook(files[0].name):
            raise UsageError("check.snippet_notebook", path=files[0])
        may_write(snippet, files[0])
    if seed is None and (fresh or (many and fresh is not False)):
        import secrets

        seed = secrets.randbits(53)  # what any reader of JSON keeps to the last digit
    asked = Asked(files[0], exercise, opened, bank, seed, form, lang, plain, snippet, explain)
    if watch:
        if many:  # whatever the format: a single file is told as text or JSON
            raise UsageError("check.watch_one")
        from llmprep.cli.check_watch import watch_file

        watch_file(files[0], lambda worker: _show(asked._replace(room=ROOM_WATCHED), worker))
        return
    if in_rows:
        from llmprep.cli.check_many import AskedMany, check_many

        asked_many = AskedMany(
            files,
            exercise,
            opened,
            bank,
            jobs,
            seed,
            allow_weaker or not many,  # one file is one's own, whatever form its report takes
            form,
            lang,
            plain,
            roster,
            feedback,
        )
        raise typer.Exit(check_many(asked_many))
    from llmprep.sandbox import prestart as headstart

    report = _show(asked, headstart.take)
    raise typer.Exit(Exit.YES if report.accepted else Exit.NO)


def _show(asked: Asked, worker: Callable[[], Worker]) -> Report:
    """Grade one file, record the attempt and show the report: what is shown is on the disk."""
    from llmprep.checking.entry import is_notebook
    from llmprep.cli.check_onward import SNIPPET, again, following, record
    from llmprep.messages.say import flat
    from llmprep.ui.report.next_steps import Checked
    from llmprep.ui.terminal.progress import Notice

    _import_ahead(asked.form)
    notice = Notice(text("check.checking", file=flat(asked.file.name)), sys.stderr)
    item, report = grade(asked.file, asked.exercise, asked.bank, asked.seed, worker, notice)
    done = record(report) if item is not None else ()
    whole = (asked.file, asked.exercise, asked.bank_folder)
    reproducible = asked.snippet is None and not is_notebook(asked.file.name)
    checked = Checked(
        asked.file.name,
        again(*whole, "--snippet", SNIPPET, seed=report.seed) if reproducible else "",
        asked.explain,
        again(*whole, "--explain"),
        following(asked.bank, item, done) if item is not None and report.accepted else None,
        bank_options(asked.bank_folder),
        asked.room,
    )
    if asked.form == "json":
        from llmprep.messages.say import json_text
        from llmprep.ui.report.as_json import report_json

        typer.echo(json_text(report_json(report, item, asked.language, checked)))
    else:
        from llmprep.ui.report.terminal import print_report
        from llmprep.ui.terminal.console import console

        print_report(console(plain=asked.plain), report, item, asked.language, checked)
        if report.seed is not None:
            sys.stdout.flush()
            typer.echo(text("check.seed_was", seed=report.seed), err=True)
    sys.stdout.flush()
    if asked.snippet is not None:
        from llmprep.cli.check_snippet import write_snippet

        write_snippet(asked.snippet, asked.file, report, item, asked.language)
    return report


def _import_ahead(form: str) -> None:
    """Import what the report will need: until the worker has imported numpy, this process has nothing else to do."""
    import llmprep.checking.pipeline
    import llmprep.store
    import llmprep.study.recommend
    import llmprep.ui.report.terminal

    if form == "json":
        import llmprep.ui.report.as_json  # noqa: F401
    if form == "text":
        import rich.console
        import rich.padding
        import rich.table  # noqa: F401


def grade(
    file: Path, name: str | None, bank: Bank, seed: int | None, worker: Callable[[], Worker], notice: Notice
) -> tuple[Exercise | None, Report]:
    """The exercise that a file solves, if that can be told, and the report on it; `notice` is shown meanwhile."""
    from llmprep.checking.entry import read_submission
    from llmprep.checking.identify import Exercises
    from llmprep.checking.notebook import in_cells
    from llmprep.checking.pipeline import check as run_check
    from llmprep.checking.submission import UnreadableSubmissionError
    from llmprep.checking.suite import FIXED_SEED
    from llmprep.verdict import Report, Verdict

    exercises = Exercises(bank, name)
    try:
        submission = read_submission(file)
    except UnreadableSubmissionError as error:
        known = exercises.of_head(error.head)
        verdict, digest = Verdict.INVALID_SUBMISSION, known.digest if known else ""
        return known, Report(known.id if known else "", digest, verdict, (), 0, (error.finding,))
    item = exercises.of_source(submission.text, file)

    def announce() -> None:
        if sys.stderr.isatty():
            notice.clear()
            typer.echo(text("check.working", item=item.id), err=True)

    with notice:
        report = run_check(
            item,
            submission.text,
            bank_file=bank.source_path(item.id),
            # What is drawn from a secret seed is used once.
            cache=cache_folder(os.environ) if seed is None else None,
            worker=worker,
            seed=FIXED_SEED if seed is None else seed,
            announce=announce,
        )
    return item, in_cells(report, submission.cells) if submission.cells else report
