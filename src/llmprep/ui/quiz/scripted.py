"""A session without a terminal: answers come from a file or a stream, and nothing waits for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Mode
from llmprep.study.marking import mark
from llmprep.ui.quiz.answers import letter_to_place
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.study.deck import Asked
    from llmprep.study.session import Sitting
    from llmprep.ui.quiz.answers import Answer, Answers
    from llmprep.ui.quiz.output import Teller


def run(
    sitting: Sitting, answers: Answers, lines: Iterator[Answer], teller: Teller, timer: Callable[[], float]
) -> None:
    """Give a sitting its answers until either runs out.

    Raises:
        UsageError: a line answers what the session does not ask; what came before it is recorded.
    """
    while (asked := sitting.current()) is not None:
        teller.question(asked)
        began = timer()
        answer = next(lines, None)
        if answer is None:
            return
        if answer.item and answer.item != asked.question.id:
            if not sitting.bring_forward(answer.item):
                answers.refuse(answer.line, "not_asked", item=answer.item)
            forward = sitting.current()
            assert forward is not None
            asked = forward
            teller.question(asked)
        if answer.skip:
            sitting.skip(asked.question.id)
            teller.skipped(asked)
        elif asked.mode is Mode.CHOICE:
            option = _option(asked, answer, answers)
            teller.reviewed(asked, sitting.record_choice(asked, option, timer() - began))
        else:
            hit = _hit(asked, answer, answers)
            review = sitting.record_recall(
                asked, answer=answer.answer or "", hit=hit, rating=answer.rating, duration=timer() - began
            )
            teller.reviewed(asked, review)


def _option(asked: Asked, answer: Answer, answers: Answers) -> int:
    """The bank's number of the option that a line picks."""
    letters = LETTERS[: len(asked.order)]
    if answer.option is not None:
        if answer.option not in asked.order:
            answers.refuse(answer.line, "option_range", option=answer.option, last=len(asked.order) - 1)
        return answer.option
    if answer.choice is None:
        answers.refuse(answer.line, "wants_choice", item=asked.question.id)
    place = letter_to_place(answer.choice, letters)
    if place is None:
        answers.refuse(answer.line, "letter", letter=answer.choice, last=letters[-1])
    return asked.order[place]


def _hit(asked: Asked, answer: Answer, answers: Answers) -> set[str]:
    """The key points that a line names; if it names none, those that its text seems to make."""
    if answer.choice is not None or answer.option is not None:
        answers.refuse(answer.line, "wants_answer", item=asked.question.id)
    points = asked.question.key_points
    if answer.key_points is None:
        return {found.key_point for found in mark(answer.answer or "", points)}
    known = [point.id for point in points]
    for name in answer.key_points:
        if name not in known:
            answers.refuse(answer.line, "key_point", name=name, item=asked.question.id, nearest=known)
    return set(answer.key_points)
