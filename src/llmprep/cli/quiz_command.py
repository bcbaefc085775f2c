"""`llmprep quiz`."""

from __future__ import annotations

import os
import sys
import time
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
    bank_options,
    open_bank,
    text,
)
from llmprep.cli.paths import user_paths
from llmprep.errors import EnvironmentFault, Exit, LlmprepError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from llmprep.bank import Bank, Summary
    from llmprep.model import Language
    from llmprep.store import Store
    from llmprep.study.session import Sitting
    from llmprep.ui.quiz.answers import Answer, Answers

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_MODES = ("recall", "choice", "mixed")


def _mode(name: str) -> str:
    if name not in _MODES:
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
    """A moment that can be scheduled from; one without a zone is in this machine's, and a date alone is its midnight.

    Raises:
        UsageError: it is no moment, or lies where no answer can have been given.
    """
    from llmprep.store.records import EARLIEST, LATEST, plausible

    try:
        moment = iso if isinstance(iso, datetime) else datetime.fromisoformat(iso)
    except ValueError:
        raise UsageError("quiz.not_a_moment", value=iso) from None
    # Some that can be written lie beyond what can be converted.
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
    """Ask questions and keep what was answered."""
    given = None if answers is None else _given(answers)

    def clock() -> datetime:
        return now or datetime.now(UTC)

    opened, options = open_bank(bank), bank_options(bank)
    entries = opened.summaries(topic or ())
    if given is None:
        _need_terminal(no_input=no_input, as_json=as_json)
    questions = [entry.id for entry in entries if entry.kind == "question"]
    if not questions:
        _no_questions(opened, topic or (), entries, lang, options)
        raise typer.Exit(Exit.NO)

    from llmprep.store import Store
    from llmprep.study.deck import Request
    from llmprep.study.resume import begin, unfinished
    from llmprep.study.session import Sitting

    # Copies are named by the machine's clock, whatever time is asked for.
    with Store.open(user_paths(os.environ).data, datetime.now(UTC)) as store:
        # Answers given ahead are for a whole session: they neither take up the rest of one nor put an end to it.
        request = Request(tuple(topic or ()), mode, count, seed)
        left = unfinished(store, request, set(questions)) if given is None else None
        if left is not None and new:
            store.end_session(left.id, clock())
            left = None
        session = left or begin(
            store, request, questions, seed=int.from_bytes(os.urandom(4)), name=os.urandom(8).hex(), now=clock()
        )
        sitting = Sitting(store, session, load=opened.question, there=set(questions), clock=clock, language=lang.value)

        def next_steps() -> list[str]:
            return _exercises(opened, sitting, store, set(questions))

        if given is None:
            _converse(sitting, lang, plain=plain, options=options, resumed=left is not None, next_steps=next_steps)
        else:
            _recite(sitting, given, lang, as_json=as_json, plain=plain, options=options, next_steps=next_steps)


def _given(source: str) -> tuple[Answers, Iterator[Answer]]:
    """The answers in a file, all read; or those that a program writes to standard input, as they come.

    Raises:
        UsageError: the file is not there, or a line of it cannot be used.
    """
    from llmprep.ui.quiz.answers import Answers, from_file

    if source == "-":
        answers = Answers(source, iter(sys.stdin.buffer.readline, b""))
        return answers, iter(answers)
    answers, lines = from_file(Path(source))
    return answers, iter(lines)


def _need_terminal(*, no_input: bool, as_json: bool) -> None:
    """Refuse to wait for keys that cannot come.

    Raises:
        UsageError: there are no answers and nobody who could type them.
    """
    if as_json:
        raise UsageError("quiz.json_needs_answers")
    if no_input:
        raise UsageError("quiz.no_input_needs_answers")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("quiz.needs_answers")


def _no_questions(bank: Bank, topics: Sequence[str], entries: Sequence[Summary], lang: Language, options: str) -> None:
    """Say that there is nothing to ask, and where there is something."""
    from llmprep.messages.say import flat, say

    there = list(dict.fromkeys(entry.topic for entry in bank.summaries() if entry.kind == "question"))
    if topics and there:
        message = say("quiz.no_questions_here", lang, topics=list(topics), others=there)
    else:
        message = say("quiz.no_questions", lang, bank=bank.root)
    if entries:
        message += "\n" + say("quiz.but_exercises", lang, item=entries[0].id, options=flat(options))
    typer.echo(message, err=True)


def _exercises(bank: Bank, sitting: Sitting, store: Store, questions: Collection[str]) -> list[str]:
    """Exercises to go on with, those not solved yet: first what the questions name as related, then their topics'.

    An answered question that the bank no longer has, whose id is not among `questions`, names none.
    """
    from llmprep.study.resume import next_exercises

    asked = [bank.question(review.item) for review in sitting.summary().reviews if review.item in questions]
    topics = list(dict.fromkeys(question.topic for question in asked))
    there = [entry.id for entry in bank.summaries(topics) if entry.kind == "exercise"] if topics else []
    return next_exercises(asked, there, store.items_with_verdict("accepted"))


def _converse(
    sitting: Sitting,
    lang: Language,
    *,
    plain: bool,
    options: str,
    resumed: bool,
    next_steps: Callable[[], list[str]],
) -> None:
    """A session in a terminal.

    Raises:
        KeyboardInterrupt: Ctrl-C, once the summary is shown.
    """
    from llmprep.ui.quiz.prompt import Prompter
    from llmprep.ui.quiz.terminal import Conversation
    from llmprep.ui.quiz.view import View
    from llmprep.ui.terminal.console import console

    plain = plain or os.environ.get("TERM") == "dumb"
    view = View(console(plain=plain), lang, plain=plain, options=options)
    if resumed:
        begun = f"{sitting.begun.astimezone():%Y-%m-%d %H:%M}"
        view.tell("resumed", begun=begun, left=len(sitting.summary().left), options=view.options)
    else:
        view.tell("begun", count=len(sitting.plan.cards))
    prompter = Prompter(lambda: view.tell("keys"), editing=not plain)

    def close() -> None:
        view.summary(sitting.summary(), next_steps())
        if sitting.finished:
            sitting.end()
        else:
            view.tell("resume_hint")

    try:
        Conversation(sitting, view, prompter, time.monotonic).run()
    except BaseException:
        # Ctrl-C, or the disk refuses: that is what is told in the end, whatever else goes wrong in looking back.
        with suppress(LlmprepError):
            close()
        raise
    close()


def _recite(
    sitting: Sitting,
    given: tuple[Answers, Iterator[Answer]],
    lang: Language,
    *,
    as_json: bool,
    plain: bool,
    options: str,
    next_steps: Callable[[], list[str]],
) -> None:
    """A session with answers given ahead, or by a program as it goes.

    Raises:
        UsageError: an answer cannot be used.
    """
    from llmprep.ui.quiz.output import JsonTeller, PlainTeller
    from llmprep.ui.quiz.scripted import run

    teller: JsonTeller | PlainTeller
    if as_json:
        teller = JsonTeller(sitting, lang)
    else:
        from llmprep.ui.quiz.view import View
        from llmprep.ui.terminal.console import console

        plain = plain or os.environ.get("TERM") == "dumb"
        teller = PlainTeller(View(console(plain=plain), lang, plain=plain, options=options))
    try:
        run(sitting, *given, teller, time.monotonic)
    except UsageError:
        # What is wrong with the answers is what is told, also where this cannot be kept.
        with suppress(EnvironmentFault):
            sitting.end()
        raise
    sitting.end()
    teller.summary(sitting.summary(), next_steps())
