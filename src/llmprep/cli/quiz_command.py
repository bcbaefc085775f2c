"""`llmprep quiz`."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
from llmprep.errors import EnvironmentFault, Exit, LlmprepError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from llmprep.bank import Bank, Summary
    from llmprep.messages.say import CommandLine
    from llmprep.model import Language
    from llmprep.store import Session, Store
    from llmprep.study.events import Event
    from llmprep.study.events import Summary as QuizSummary
    from llmprep.study.runner import Runner
    from llmprep.ui.quiz.answers import Answer, Answers
    from llmprep.ui.quiz.output import JsonOutput, PlainOutput
    from llmprep.ui.quiz.view import View

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

    opened, commands = open_bank(bank), command_line(bank)
    entries = opened.summaries(topic or ())
    if given is None:
        _need_terminal(no_input=no_input, as_json=as_json)
    questions = [entry.id for entry in entries if entry.kind == "question"]
    if not questions:
        _no_questions(opened, topic or (), entries, lang, commands)
        raise typer.Exit(Exit.NO)

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
        quizzed = _Quiz(opened, store, session, frozenset(questions), clock)
        plain = plain or os.environ.get("TERM") == "dumb"
        if given is None:
            _converse(quizzed, _view(lang, commands, plain=plain), plain=plain, resumed=left is not None)
        elif as_json:
            from llmprep.ui.quiz.output import JsonOutput

            _recite(quizzed, given, JsonOutput(session.id, session.plan["seed"], lang), lang)
        else:
            from llmprep.ui.quiz.output import PlainOutput

            _recite(quizzed, given, PlainOutput(_view(lang, commands, plain=plain)), lang)


class _Quiz(NamedTuple):
    """What a session runs on."""

    bank: Bank
    store: Store
    session: Session
    questions: frozenset[str]
    """The ids of the questions that it may ask."""
    clock: Callable[[], datetime]

    def runner(self, show: Callable[[Event], None], language: Language) -> Runner:
        """Return a runner of the session."""
        from llmprep.study.runner import Runner, take_up
        from llmprep.study.state import Moment

        state = take_up(self.store, self.session, self.questions, language.value)
        return Runner(self.store, state, self.bank.question, lambda: Moment(self.clock(), time.monotonic()), show)

    def exercises(self, summary: QuizSummary) -> list[str]:
        """Return the exercises to do next.

        An answered question that has left the bank, whose id is not among `questions`, names none.
        """
        from llmprep.study.recommend import next_exercises

        asked = [self.bank.question(review.item) for review in summary.reviews if review.item in self.questions]
        topics = list(dict.fromkeys(question.topic for question in asked))
        entries = self.bank.summaries(topics) if topics else []
        exercises = [entry.id for entry in entries if entry.kind == "exercise"]
        return next_exercises(asked, exercises, self.store.items_with_verdict("accepted"))


def _view(language: Language, commands: CommandLine, *, plain: bool) -> View:
    from llmprep.ui.quiz.view import View
    from llmprep.ui.terminal.console import console

    return View(console(plain=plain), language, commands, plain=plain)


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


def _converse(quizzed: _Quiz, view: View, *, plain: bool, resumed: bool) -> None:
    """Run a session in a terminal.

    Raises:
        KeyboardInterrupt: Ctrl-C, once the summary is shown.
        EnvironmentFault: the store refuses, and the reader gave up.
    """
    from llmprep.study.commands import Action
    from llmprep.ui.quiz.prompt import Prompter
    from llmprep.ui.quiz.terminal import TerminalOutput, converse

    runner = quizzed.runner(TerminalOutput(view).show, view.language)
    if resumed:
        begun, command = f"{runner.state.begun.astimezone():%Y-%m-%d %H:%M}", view.commands.command("quiz", "--new")
        view.message("resumed", begun=begun, count=len(runner.state.left), command=command)
    else:
        view.message("begun", count=len(runner.state.deck.cards))
    try:
        converse(runner, view, Prompter(editing=not plain).line)
    except BaseException:
        # Ctrl-C, or an invalid question: that is the error to show, whatever else fails while closing.
        with suppress(LlmprepError):
            if runner.ended is None:
                runner.send(Action.QUIT)
            _close(quizzed, view, runner)
        raise
    assert runner.ended is not None
    if runner.ended.fault is not None:
        with suppress(LlmprepError):
            _close(quizzed, view, runner)
        raise runner.ended.fault
    _close(quizzed, view, runner)


def _close(quizzed: _Quiz, view: View, runner: Runner) -> None:
    """Show the summary, and how to resume what is left."""
    summary = runner.ended.summary if runner.ended else None
    if summary is None:
        return
    view.summary(summary, quizzed.exercises(summary))
    if summary.left:
        view.message("resume_hint")


def _recite(
    quizzed: _Quiz, given: tuple[Answers, Iterator[Answer]], output: JsonOutput | PlainOutput, language: Language
) -> None:
    """Run a session with a script's answers.

    Raises:
        UsageError: an answer cannot be used.
        EnvironmentFault: an answer cannot be stored.
    """
    from llmprep.study.commands import Action
    from llmprep.ui.quiz.scripted import run

    runner = quizzed.runner(output.show, language)
    try:
        run(runner, *given)
    except UsageError:
        # What is wrong with the answers is the error to show, also where the end cannot be stored.
        with suppress(EnvironmentFault):
            runner.send(Action.END)
        raise
    assert runner.ended is not None
    if runner.ended.fault is not None:
        raise runner.ended.fault
    if runner.ended.summary is not None:
        output.summary(runner.ended.summary, quizzed.exercises(runner.ended.summary))
