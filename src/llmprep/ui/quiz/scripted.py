"""A session without a terminal: lines of answers become commands, and nothing waits for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from llmprep.errors import UsageError
from llmprep.study.commands import Action, AskFor, Choose, Rate, Tick, Type
from llmprep.study.events import AnsweredElsewhere, CardShown, Ended, NotKept, Reason, Refused
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmprep.study.commands import Command
    from llmprep.ui.quiz.answers import Answer, Answers
    from llmprep.ui.quiz.shown import ShownSession


def run(session: ShownSession, answers: Answers, lines: Iterator[Answer]) -> None:
    """Give a session its answers until either runs out; then end it.

    Raises:
        UsageError: a line answers what the session does not ask; what came before it is recorded.
        EnvironmentFault: an answer cannot be stored.
    """
    session.send(Action.START)
    while session.ended is None:
        answer = next(lines, None)
        if answer is None:
            session.send(Action.END)
            return
        for command in translate(answer):
            for event in session.send(command):
                if isinstance(event, NotKept):
                    raise event.fault
                if isinstance(event, AnsweredElsewhere):
                    raise UsageError("quiz.answered_elsewhere", item=event.item)
                if isinstance(event, Refused):
                    _refuse(session, answers, answer, event)
                if isinstance(command, AskFor) and isinstance(event, CardShown | Ended) and not _asks(session, command):
                    # Another process answered it meanwhile.
                    answers.refuse(answer.line, "not_asked", item=command.item)


def translate(answer: Answer) -> list[Command]:
    """Return the commands that a line means, whatever the session asks."""
    commands: list[Command] = [AskFor(answer.item)] if answer.item else []
    if answer.skip:
        return [*commands, Action.SKIP]
    if answer.option is not None:
        return [*commands, Choose(answer.option, shown=False), Action.GO_ON]
    if answer.choice is not None:
        letter = answer.choice.strip().lower()
        place = LETTERS.find(letter) if len(letter) == 1 else -1
        return [*commands, Choose(place), Action.GO_ON]
    # The answer is complete: it needs no draft.
    commands += [Type(answer.answer or "", draft=False), Action.REVEAL]
    if answer.key_points is not None:
        commands.append(Tick(answer.key_points, only=True))
    return [*commands, Rate(answer.rating)]


def _asks(session: ShownSession, command: AskFor) -> bool:
    current = session.state.current
    return current is not None and current.card.question.id == command.item


def _refuse(session: ShownSession, answers: Answers, answer: Answer, refused: Refused) -> NoReturn:
    """Refuse a line for the reason that the session gives.

    Raises:
        UsageError: always.
    """
    current = session.state.current
    assert current is not None
    item, last = current.card.question.id, len(current.card.order) - 1
    match refused.reason:
        case Reason.WANTS_CHOICE:
            answers.refuse(answer.line, "wants_choice", item=item)
        case Reason.WANTS_ANSWER:
            answers.refuse(answer.line, "wants_answer", item=item)
        case Reason.NO_SUCH_OPTION if answer.choice is None:
            answers.refuse(answer.line, "option_range", option=answer.option, last=last)
        case Reason.NO_SUCH_OPTION:
            answers.refuse(answer.line, "letter", letter=answer.choice, last=LETTERS[last])
        case Reason.NO_SUCH_POINT:
            known = [point.id for point in current.card.question.key_points]
            answers.refuse(answer.line, "key_point", name=refused.names[0], item=item, nearest=known)
        case _:
            answers.refuse(answer.line, "not_asked", item=answer.item)
