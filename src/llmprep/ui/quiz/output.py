"""Shows a session without a terminal: to people as text, to programs as JSON Lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from llmprep.store import Mode
from llmprep.study.events import Added, CardShown, Saved, Skipped
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.model import Language, Text
    from llmprep.study.deck import AskedCard
    from llmprep.study.events import Event, SessionSummary
    from llmprep.ui.quiz.view import View

VERSION = 1


class PlainOutput:
    """Shows events to people, through the view. What refuses an answer is an error, and is shown as one."""

    def __init__(self, view: View) -> None:
        self._view = view

    def show(self, event: Event) -> None:
        """Show one event."""
        match event:
            case CardShown(card):
                self._view.question(card)
            case Added(item):
                self._view.message("added", item=item)
            case Skipped(item):
                self._view.message("skipped", item=item)
            case Saved():
                self._saved(event)

    def _saved(self, event: Saved) -> None:
        """Show how an answer was marked, and that it is saved."""
        card, review = event.card, event.review
        if review.option is not None:
            self._view.choice_marked(card, review.option)
        else:
            self._view.answer(card.question)
            likely = {found.key_point: found for found in event.likely}
            self._view.key_points(card.question, review.key_points, likely)
        self._view.saved(review)

    def summary(self, summary: SessionSummary, exercises: Sequence[str]) -> None:
        """Show the end, as in a terminal."""
        self._view.summary(summary, exercises)


class JsonOutput:
    """Writes events for programs: JSON Lines, each flushed at once.

    Args:
        session: the session's id.
        seed: the seed that repeats it.
        language: the languages of texts.
    """

    def __init__(self, session: str, seed: int, language: Language) -> None:
        self._session, self._seed = session, seed
        self._languages = ("en", "zh") if language == "both" else (language.value,)

    def _emit(self, kind: str, **facts: Any) -> None:
        line = {"version": VERSION, "kind": kind, "session": self._session, **facts}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _text(self, text: Text) -> dict[str, str]:
        return {name: getattr(text, name) for name in self._languages}

    def show(self, event: Event) -> None:
        """Write one event; those that only a terminal needs have no line."""
        match event:
            case CardShown(card):
                self._question(card)
            case Skipped(item):
                self._emit("skip", item=item)
            case Saved():
                self._review(event)

    def _question(self, card: AskedCard) -> None:
        """Write a card; in recall with answer and key points, for a program that reveals them and asks for ticks."""
        question = card.question
        if card.mode is Mode.CHOICE:
            options = [
                {"letter": letter, "option": option, "text": self._text(card.drawn.options[option].text)}
                for letter, option in zip(LETTERS, card.order, strict=False)
            ]
            form = {"prompt": self._text(card.drawn.prompt), "choice": card.choice, "options": options}
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
            seed=self._seed,
            position=card.position,
            total=card.total,
            item=question.id,
            mode=card.mode.value,
            title=self._text(question.title),
            difficulty=question.difficulty,
            minutes=question.minutes,
            **form,
        )

    def _review(self, event: Saved) -> None:
        """Write a review as recorded, and how it was marked."""
        card, review = event.card, event.review
        form: dict[str, Any]
        if review.option is not None:
            options = card.drawn.options
            form = {
                "choice": review.choice,
                "option": review.option,
                "letter": LETTERS[card.order.index(review.option)],
                "correct": options[review.option].correct,
                "reasons": [
                    {
                        "letter": letter,
                        "option": option,
                        "correct": options[option].correct,
                        "why": self._text(options[option].why),
                    }
                    for letter, option in zip(LETTERS, card.order, strict=False)
                ],
            }
        else:
            form = {
                "key_points": list(review.key_points),
                "likely": [
                    {"id": found.key_point, "words": list(found.words), "spans": [list(span) for span in found.spans]}
                    for found in event.likely
                ],
            }
            if event.suggested is not None:
                form["suggested_rating"] = event.suggested.name.lower()
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

    def summary(self, summary: SessionSummary, exercises: Sequence[str]) -> None:
        """Write the counts, what is left, and exercises to do next."""
        self._emit(
            "summary",
            seed=self._seed,
            answered=len(summary.reviews),
            ratings={rating.name.lower(): count for rating, count in sorted(summary.ratings.items())},
            skipped=list(summary.skipped),
            left=list(summary.left),
            finished=not summary.left,
            next=list(exercises),
        )
