"""Tells how a session without a terminal goes: to people as text, to programs as JSON Lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Protocol

from llmprep.store import Mode
from llmprep.study.marking import mark
from llmprep.study.suggestion import suggested_rating
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.model import Language, Text
    from llmprep.store import Review
    from llmprep.study.deck import Asked
    from llmprep.study.session import Sitting, Summary
    from llmprep.ui.quiz.view import View

VERSION = 1


class Teller(Protocol):
    """Tells a reader, or a program, how a session goes."""

    def question(self, asked: Asked) -> None:
        """A card, before its answer is read."""

    def reviewed(self, asked: Asked, review: Review) -> None:
        """A review, once it is on the disk."""

    def skipped(self, asked: Asked) -> None:
        """A card passed over."""

    def summary(self, summary: Summary, exercises: Sequence[str]) -> None:
        """The end."""


class PlainTeller:
    """Tells people, through the view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def question(self, asked: Asked) -> None:
        """The question as in a terminal."""
        self._view.question(asked)

    def reviewed(self, asked: Asked, review: Review) -> None:
        """The marks, the key points and the rating."""
        if review.option is not None:
            self._view.choice_marked(asked, review.option)
        else:
            likely = {found.key_point: found for found in mark(review.answer, asked.question.key_points)}
            self._view.answer(asked.question)
            self._view.key_points(asked.question, review.key_points, likely)
        self._view.saved(review)

    def skipped(self, asked: Asked) -> None:
        """That it was passed over."""
        self._view.tell("skipped", item=asked.question.id)

    def summary(self, summary: Summary, exercises: Sequence[str]) -> None:
        """As in a terminal."""
        self._view.summary(summary, exercises)


class JsonTeller:
    """Tells programs: JSON Lines, each written out at once."""

    def __init__(self, sitting: Sitting, language: Language) -> None:
        self._sitting = sitting
        self._languages = ("en", "zh") if language == "both" else (language.value,)

    def _emit(self, kind: str, **facts: Any) -> None:
        line = {"version": VERSION, "kind": kind, "session": self._sitting.id, **facts}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _text(self, text: Text) -> dict[str, str]:
        return {name: getattr(text, name) for name in self._languages}

    def question(self, asked: Asked) -> None:
        """The card. One in recall carries its answer and rubric, for a program that reveals them and asks for ticks."""
        question = asked.question
        if asked.mode is Mode.CHOICE:
            options = [
                {"letter": letter, "option": option, "text": self._text(asked.drawn.options[option].text)}
                for letter, option in zip(LETTERS, asked.order, strict=False)
            ]
            form = {"prompt": self._text(asked.drawn.prompt), "choice": asked.choice, "options": options}
        else:
            points = [
                {"id": point.id, "text": self._text(point.text), "essential": point.essential}
                for point in question.key_points
            ]
            form = {
                "prompt": self._text(question.prompt),
                "answer": self._text(question.answer),
                "key_points": points,
            }
        self._emit(
            "question",
            seed=self._sitting.plan.seed,
            position=asked.position,
            total=asked.total,
            item=question.id,
            mode=asked.mode.value,
            title=self._text(question.title),
            difficulty=question.difficulty,
            minutes=question.minutes,
            **form,
        )

    def reviewed(self, asked: Asked, review: Review) -> None:
        """The review as recorded, and how it was marked."""
        form: dict[str, Any]
        if review.option is not None:
            options = asked.drawn.options
            form = {
                "choice": review.choice,
                "option": review.option,
                "letter": LETTERS[asked.order.index(review.option)],
                "correct": options[review.option].correct,
                "reasons": [
                    {
                        "letter": letter,
                        "option": option,
                        "correct": options[option].correct,
                        "why": self._text(options[option].why),
                    }
                    for letter, option in zip(LETTERS, asked.order, strict=False)
                ],
            }
        else:
            points = asked.question.key_points
            form = {
                "key_points": list(review.key_points),
                "likely": [
                    {"id": found.key_point, "words": list(found.words), "spans": [list(span) for span in found.spans]}
                    for found in mark(review.answer, points)
                ],
                "suggested_rating": suggested_rating(points, review.key_points).name.lower(),
            }
        self._emit(
            "review",
            id=review.id,
            item=review.item,
            mode=review.mode.value,
            at=review.at.isoformat(timespec="milliseconds"),
            rating=review.rating.name.lower(),
            duration_ms=review.duration_ms,
            digest=review.digest,
            **form,
        )

    def skipped(self, asked: Asked) -> None:
        """That it was passed over."""
        self._emit("skip", item=asked.question.id)

    def summary(self, summary: Summary, exercises: Sequence[str]) -> None:
        """Counts, what is left, and exercises to go on with."""
        self._emit(
            "summary",
            seed=self._sitting.plan.seed,
            answered=len(summary.reviews),
            ratings={rating.name.lower(): count for rating, count in sorted(summary.ratings.items())},
            skipped=list(summary.skipped),
            left=list(summary.left),
            finished=not summary.left,
            next=list(exercises),
        )
