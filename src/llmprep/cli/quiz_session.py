"""Runs a session of `llmprep quiz` to its end: in a terminal, or with a script's answers."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from llmprep.errors import BankError, EnvironmentFault, LlmprepError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from llmprep.bank import Bank
    from llmprep.messages.say import CommandLine
    from llmprep.model import Language
    from llmprep.store import Session, Store
    from llmprep.study.events import Event, SessionSummary
    from llmprep.ui.quiz.answers import Answer, Answers
    from llmprep.ui.quiz.output import JsonOutput, PlainOutput
    from llmprep.ui.quiz.shown import ShownSession
    from llmprep.ui.quiz.view import View


class Quiz(NamedTuple):
    """A session with what it runs on."""

    bank: Bank
    store: Store
    session: Session
    questions: frozenset[str]
    """The ids of the questions that it may ask."""
    clock: Callable[[], datetime]

    def shown(self, show: Callable[[Event], None], language: Language) -> ShownSession:
        """Return the session, ready to run, with `show` for its events."""
        from llmprep.study.runner import Runner, take_up
        from llmprep.study.state import Moment
        from llmprep.ui.quiz.shown import ShownSession

        state = take_up(self.store, self.session, self.questions, language.value)
        runner = Runner(self.store, state, self.bank.question, lambda: Moment(self.clock(), time.monotonic()))
        return ShownSession(runner, show)

    def exercises(self, summary: SessionSummary) -> list[str]:
        """Return the exercises to do next.

        An answered question that has left the bank, whose id is not among `questions`, names none.
        """
        from llmprep.study.recommend import next_exercises

        asked = [self.bank.question(review.item) for review in summary.reviews if review.item in self.questions]
        topics = list(dict.fromkeys(question.topic for question in asked))
        entries = self.bank.summaries(topics) if topics else []
        exercises = [entry.id for entry in entries if entry.kind == "exercise"]
        return next_exercises(asked, exercises, self.store.items_with_verdict("accepted"))


def view_of(language: Language, commands: CommandLine, *, plain: bool) -> View:
    """Return a view on standard output."""
    from llmprep.ui.quiz.view import View
    from llmprep.ui.terminal.console import console

    return View(console(plain=plain), language, commands, plain=plain)


def run_in_terminal(quizzed: Quiz, view: View, *, plain: bool, resumed: bool) -> None:
    """Run a session in a terminal.

    Raises:
        KeyboardInterrupt: Ctrl-C, once the summary is shown.
        EnvironmentFault: the store refuses, and the reader gave up.
    """
    from llmprep.study.commands import Action
    from llmprep.ui.quiz.prompt import Prompter
    from llmprep.ui.quiz.terminal import TerminalOutput, converse

    session = quizzed.shown(TerminalOutput(view).show, view.language)
    if resumed:
        begun, command = f"{session.state.begun.astimezone():%Y-%m-%d %H:%M}", view.commands.command("quiz", "--new")
        view.message("resumed", begun=begun, count=len(session.state.left), command=command)
    else:
        view.message("begun", count=len(session.state.deck.cards))
    try:
        converse(session, view, Prompter(editing=not plain).line)
    except BaseException:
        # Ctrl-C, or an invalid question: that is the error to show, whatever else fails while closing.
        with suppress(LlmprepError):
            if session.ended is None:
                session.send(Action.QUIT)
            _close(quizzed, view, session)
        raise
    assert session.ended is not None
    if session.ended.fault is not None:
        with suppress(LlmprepError):
            _close(quizzed, view, session)
        raise session.ended.fault
    _close(quizzed, view, session)


def _close(quizzed: Quiz, view: View, session: ShownSession) -> None:
    """Show the summary, and how to resume what is left."""
    summary = session.ended.summary if session.ended else None
    if summary is None:
        return
    view.summary(summary, quizzed.exercises(summary))
    if summary.left:
        view.message("resume_hint")


def run_script(
    quizzed: Quiz, given: tuple[Answers, Iterator[Answer]], output: JsonOutput | PlainOutput, language: Language
) -> None:
    """Run a session with a script's answers.

    Raises:
        UsageError: an answer cannot be used.
        EnvironmentFault: an answer cannot be stored.
    """
    from llmprep.study.commands import Action
    from llmprep.ui.quiz.scripted import run

    session = quizzed.shown(output.show, language)
    try:
        run(session, *given)
    except UsageError as error:
        # What is wrong with the answers is the error to show, also where the end cannot be stored.
        with suppress(EnvironmentFault):
            session.send(Action.END)
        raise _told(error, quizzed.bank) from None
    assert session.ended is not None
    if session.ended.fault is not None:
        raise session.ended.fault
    if session.ended.summary is not None:
        output.summary(session.ended.summary, quizzed.exercises(session.ended.summary))


def _told(error: UsageError, bank: Bank) -> UsageError:
    """Return the error of a line; where it answers an exercise, given by its id or its slug, one that says so."""
    item = str(error.facts.get("item", ""))
    if error.key != "quiz.line_not_asked":
        return error
    with suppress(BankError):  # an item of another topic is invalid
        for one in bank.summaries():
            if one.kind == "exercise" and item in (one.id, one.id.rpartition("/")[2]):
                return UsageError("quiz.line_exercise", **{**error.facts, "item": one.id})
    return error
