"""`llmprep quiz`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import (
    BankOption,
    JsonOption,
    LangOption,
    PlainOption,
    TopicsOption,
    command_line,
    open_bank,
    text,
)
from llmprep.cli.paths import user_paths
from llmprep.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.bank import Bank, Summary
    from llmprep.messages.say import CommandLine
    from llmprep.model import Language
    from llmprep.ui.quiz.answers import Answer, Answers

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def _mode(name: str) -> str:
    from llmprep.study.deck import MODES

    if name not in MODES:
        raise UsageError("quiz.mode_unknown", name=name)
    return name


def _count(digits: str | int) -> int:
    count = _whole("--count", digits)
    if count < 1:
        raise UsageError("quiz.count_too_small", value=count)
    return count


def _seed(digits: str | int) -> int:
    return _whole("--seed", digits)


def _whole(option: str, digits: str | int) -> int:
    try:
        return int(digits)
    except ValueError:
        raise UsageError("quiz.not_a_number", option=option, value=digits) from None


def _moment(iso: str | datetime) -> datetime:
    """Parse a time; without a zone it is local, and a date alone is its midnight.

    Raises:
        UsageError: `iso` is not a time, or lies where no answer can have been given.
    """
    from llmprep.store.records import EARLIEST, LATEST, plausible

    try:
        moment = iso if isinstance(iso, datetime) else datetime.fromisoformat(iso)
    except ValueError:
        raise UsageError("quiz.not_a_moment", value=iso) from None
    # Some times that can be written cannot be converted.
    with suppress(ValueError, OverflowError, OSError):
        moment = moment.astimezone(UTC)
        if plausible(moment):
            return moment
    raise UsageError("quiz.moment_out_of_range", value=iso, first=EARLIEST.year, last=LATEST.year - 1)


@app.command(help=text("quiz.help"), epilog=text("quiz.epilog"))
def quiz(
    *,
    topic: TopicsOption = None,
    mode: Annotated[
        str | None,
        typer.Option(metavar="recall|choice|mixed", parser=_mode, help=text("quiz.option_mode"), show_default=False),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(metavar="N", parser=_count, help=text("quiz.option_count"), show_default=False),
    ] = None,
    new: Annotated[bool, typer.Option("--new", help=text("quiz.option_new"))] = False,
    answers: Annotated[
        str | None, typer.Option(metavar="FILE|-", help=text("quiz.option_answers"), show_default=False)
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=text("quiz.option_no_input"))] = False,
    seed: Annotated[
        int | None, typer.Option(metavar="N", parser=_seed, help=text("quiz.option_seed"), show_default=False)
    ] = None,
    now: Annotated[
        datetime | None, typer.Option(metavar="ISO", parser=_moment, help=text("quiz.option_now"), show_default=False)
    ] = None,
    lang: LangOption = LANGUAGE,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    bank: BankOption = None,
) -> None:
    """Ask questions and store the answers."""
    given = None if answers is None else _given(answers)

    def clock() -> datetime:
        return now or datetime.now(UTC)

    opened, commands = open_bank(bank), command_line(bank)
    entries = opened.summaries(topic or ())
    if given is None:
        _need_terminal(no_input=no_input, as_json=as_json)
    questions = [entry.id for entry in entries if entry.kind == "question"]
    if not questions:
        _no_questions(opened, topic or (), entries, lang, commands)
        raise typer.Exit(Exit.NO)

    from llmprep.cli.quiz_session import Quiz, run_in_terminal, run_script, view_of
    from llmprep.store import Store
    from llmprep.study.deck import SessionOptions
    from llmprep.study.resume import new_session, unfinished

    # Copies are named by the machine's clock, whatever time is asked for.
    with Store.open(user_paths(os.environ).data, datetime.now(UTC)) as store:
        # A script's answers are for a whole session: they neither resume an unfinished one nor end it.
        asked_for = SessionOptions(tuple(topic or ()), mode, count, seed)
        left = unfinished(store, asked_for, set(questions)) if given is None else None
        if left is not None and new:
            store.end_session(left.id, clock())
            left = None
        drawn, name = int.from_bytes(os.urandom(4)), os.urandom(8).hex()
        session = left or new_session(store, asked_for, questions, drawn=drawn, name=name, now=clock())
        quizzed = Quiz(opened, store, session, frozenset(questions), clock)
        plain = plain or os.environ.get("TERM") == "dumb"
        if given is None:
            run_in_terminal(quizzed, view_of(lang, commands, plain=plain), plain=plain, resumed=left is not None)
        elif as_json:
            from llmprep.ui.quiz.output import JsonOutput

            run_script(quizzed, given, JsonOutput(session.id, session.plan["seed"], lang), lang)
        else:
            from llmprep.ui.quiz.output import PlainOutput

            run_script(quizzed, given, PlainOutput(view_of(lang, commands, plain=plain)), lang)


def _given(source: str) -> tuple[Answers, Iterator[Answer]]:
    """Read all answers of a file; or return an iterator over what a program writes to standard input, as it comes.

    Raises:
        UsageError: there is no such file, or a line of it cannot be used.
    """
    from llmprep.ui.quiz.answers import Answers, from_file

    if source == "-":
        answers = Answers(source, iter(sys.stdin.buffer.readline, b""))
        return answers, iter(answers)
    answers, lines = from_file(Path(source))
    return answers, iter(lines)


def _need_terminal(*, no_input: bool, as_json: bool) -> None:
    """Refuse to ask where nobody can type.

    Raises:
        UsageError: there is no terminal, or it is not to be used.
    """
    if as_json:
        raise UsageError("quiz.json_needs_answers")
    if no_input:
        raise UsageError("quiz.no_input_needs_answers")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("quiz.needs_answers")


def _no_questions(
    bank: Bank, topics: Sequence[str], entries: Sequence[Summary], lang: Language, commands: CommandLine
) -> None:
    """Say that there is nothing to ask, and where there is something."""
    from llmprep.messages.say import say

    elsewhere = list(dict.fromkeys(entry.topic for entry in bank.summaries() if entry.kind == "question"))
    if topics and elsewhere:
        message = say("quiz.no_questions_here", lang, topics=list(topics), others=elsewhere)
    else:
        message = say("quiz.no_questions", lang, bank=bank.root)
    if entries:
        message += "\n" + say("quiz.but_exercises", lang, command=commands.command("start", entries[0].id))
    typer.echo(message, err=True)
