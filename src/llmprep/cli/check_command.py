"""`llmprep check FILE...`."""

from __future__ import annotations

import os
import sys
from functools import partial
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
from llmprep.files import is_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.bank import Bank
    from llmprep.checking.one_file import CheckedFile
    from llmprep.model import Exercise, Language
    from llmprep.sandbox.process import Worker
    from llmprep.ui.terminal.progress import Notice
    from llmprep.verdict import Report

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

REPORT_FORMATS = ("text", "json", "junit", "csv")
SCREEN_LINES, SCREEN_LINES_WATCHED = 23, 22
"""Lines that a report has on a screen of 24: below it stands a prompt, and where a file is watched a line above too."""


class CheckRequest(NamedTuple):
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
    room: int = SCREEN_LINES


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
    if form not in REPORT_FORMATS:
        raise UsageError("check.format_unknown", name=form)
    if as_json and form in ("junit", "csv"):
        raise UsageError("check.json_and_junit", form=form)
    form = "json" if as_json else form
    opened = open_bank(bank)
    if exercise is not None:
        opened.exercise(exercise)
    several = len(files) > 1 or is_folder(files[0])
    many = several or roster is not None or feedback is not None
    in_rows = many or form in ("junit", "csv")
    if explain and in_rows:
        raise UsageError("check.explain_one")
    if snippet is not None:
        from llmprep.checking.submission_file import is_notebook
        from llmprep.cli.check_snippet import may_write

        if in_rows:
            raise UsageError("check.snippet_one")
        if is_notebook(files[0].name):
            raise UsageError("check.snippet_notebook", path=files[0])
        may_write(snippet, files[0])
    if seed is None and (fresh or (many and fresh is not False)):
        import secrets

        seed = secrets.randbits(53)  # what any reader of JSON keeps to the last digit
    asked = CheckRequest(files[0], exercise, opened, bank, seed, form, lang, plain, snippet, explain)
    if watch:
        if many:  # whatever the format: a single file is told as text or JSON
            raise UsageError("check.watch_one")
        from llmprep.cli.check_watch import watch_file

        watch_file(files[0], partial(_show, asked._replace(room=SCREEN_LINES_WATCHED)))
        return
    if in_rows:
        from llmprep.cli.check_many import BatchRequest, check_many

        asked_many = BatchRequest(
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
    from llmprep.sandbox import prestart

    report = _show(asked, prestart.take)
    raise typer.Exit(Exit.YES if report.accepted else Exit.NO)


def _show(asked: CheckRequest, start_worker: Callable[[], Worker]) -> Report:
    """Check one file, record the attempt and show the report: what is shown is on the disk."""
    from llmprep.checking.submission_file import is_notebook
    from llmprep.cli.check_onward import SNIPPET, again, record
    from llmprep.messages.say import flat
    from llmprep.study.recommend import recommend
    from llmprep.ui.report.next_steps import Checked
    from llmprep.ui.terminal.progress import Notice

    _import_ahead(asked.form)
    notice = Notice(text("check.checking", file=flat(asked.file.name)), sys.stderr)
    item, report = _check(asked, start_worker, notice)
    done = record(report) if item is not None else ()
    whole = (asked.file, asked.exercise, asked.bank_folder)
    reproducible = asked.snippet is None and not is_notebook(asked.file.name)
    checked = Checked(
        asked.file.name,
        again(*whole, "--snippet", SNIPPET, seed=report.seed) if reproducible else "",
        asked.explain,
        again(*whole, "--explain"),
        recommend(asked.bank, item, done) if item is not None and report.accepted else None,
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


def _check(asked: CheckRequest, start_worker: Callable[[], Worker], notice: Notice) -> CheckedFile:
    """Check the file; `notice` is shown meanwhile."""
    from llmprep.checking.identify import Exercises
    from llmprep.checking.one_file import check_file
    from llmprep.checking.options import FIXED_SEED, JudgeOptions

    def announce(exercise: Exercise) -> None:
        if sys.stderr.isatty():
            notice.clear()
            typer.echo(text("check.working", item=exercise.id), err=True)

    options = JudgeOptions(
        # The suite of a secret seed is used once.
        cache=cache_folder(os.environ) if asked.seed is None else None,
        seed=FIXED_SEED if asked.seed is None else asked.seed,
        start_worker=start_worker,
        announce=announce,
    )
    with notice:
        return check_file(asked.file, Exercises(asked.bank, asked.exercise), options)
