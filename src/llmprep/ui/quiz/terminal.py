"""A session in a terminal: question, think or type, reveal, tick, rate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from llmprep.errors import EnvironmentFault
from llmprep.messages.say import explain, flat, pair
from llmprep.store import AnsweredError, Mode, Rating
from llmprep.study.marking import mark
from llmprep.study.suggestion import suggested_rating
from llmprep.ui.quiz.prompt import Leave, Skip, Undo, short
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from llmprep.model import Question
    from llmprep.study.deck import Asked
    from llmprep.study.marking import Likely
    from llmprep.study.session import Sitting
    from llmprep.ui.quiz.prompt import Prompter
    from llmprep.ui.quiz.view import View

_T = TypeVar("_T")


class Conversation:
    """Takes a reader through a sitting.

    Args:
        sitting: what is asked, and where answers go.
        view: what is shown.
        prompter: what is typed.
        timer: seconds, from any beginning.
    """

    def __init__(self, sitting: Sitting, view: View, prompter: Prompter, timer: Callable[[], float]) -> None:
        self._sitting, self._view, self._prompter, self._timer = sitting, view, prompter, timer

    def run(self) -> None:
        """Ask until nothing is left or the reader leaves."""
        while (asked := self._sitting.current()) is not None:
            try:
                if asked.mode is Mode.CHOICE:
                    self._ask_choice(asked)
                else:
                    self._ask_recall(asked)
            except Leave:
                return
            except Skip:
                self._sitting.skip(asked.question.id)
                self._view.tell("skipped", style="dim", item=asked.question.id)
            except Undo:
                self._undo()
            except AnsweredError as error:
                self._view.tell("answered_elsewhere", item=error.item)

    def _line(self, key: str, **facts: object) -> str:
        return self._prompter.line(self._view.words(f"prompt_{key}", **facts) + "> ")

    def _ask_recall(self, asked: Asked) -> None:
        began = self._timer()
        question = asked.question
        self._view.question(asked)
        self._view.gap()
        answer = self._typed(question.id)
        likely = {found.key_point: found for found in mark(answer, question.key_points)}
        self._view.answer(question)
        ticked = self._ticked(question, likely)
        rating = self._rating(question, suggested_rating(question.key_points, ticked) if answer or ticked else None)
        review = self._kept(
            lambda: self._sitting.record_recall(
                asked, answer=answer, hit=ticked, rating=rating, duration=self._timer() - began
            )
        )
        self._view.saved(review)

    def _typed(self, item: str) -> str:
        """Lines up to an empty one, each kept as soon as it is typed. A paste ends nothing by its own empty lines."""
        text = self._sitting.draft(item)
        if text:
            self._view.draft(text)
        self._view.tell("type_on" if text else "think_or_type", style="dim")
        while (line := self._prompter.line("> ")).strip():
            text = f"{text}\n{line}" if text else line
            self._kept(lambda text=text: self._sitting.keep_draft(item, text))  # type: ignore[misc]
        return text

    def _ticked(self, question: Question, likely: Mapping[str, Likely]) -> set[str]:
        """The key points that the reader says were made; the likely ones are ticked to begin with."""
        ids = [point.id for point in question.key_points]
        ticked = set(likely)
        self._view.key_points(question, ticked, likely)
        self._view.gap()
        self._view.tell("how_to_tick", style="dim")
        while short(line := self._line("ticks")):
            if self._more(question, line):
                continue
            words = re.findall(r"[^\s,、;.]+", short(line))
            places = {str(place): name for place, name in enumerate(ids, 1)}
            wrong = [word for word in words if word.lstrip("0") not in places]
            if wrong or not words:
                self._view.tell("no_such_tick", wrong=flat(" ".join(wrong) or line), count=len(ids))
                continue
            ticked ^= {places[word.lstrip("0")] for word in words}
            self._view.ticks([number for number, name in enumerate(ids, 1) if name in ticked], len(ids))
        return ticked

    def _more(self, question: Question, line: str) -> bool:
        """Show what is asked for by its letter."""
        shows = {"t": self._view.traps, "f": self._view.follow_ups, "c": self._view.code}
        show = shows.get(short(line))
        if show is None:
            return False
        show(question)
        self._view.gap()
        return True

    def _rating(self, question: Question, suggested: Rating | None) -> Rating:
        names = {name: rating for rating in Rating for name in pair(f"quiz.rating_{rating.name.lower()}")}
        names |= {str(rating.value): rating for rating in Rating}
        self._view.tell("how_to_rate", style="dim")
        while True:
            line = self._line("rating_suggested", rating=suggested.value) if suggested else self._line("rating")
            if not short(line) and suggested:
                return suggested
            if rating := names.get(short(line)):
                return rating
            if not self._more(question, line):
                self._view.tell("no_such_rating")

    def _ask_choice(self, asked: Asked) -> None:
        began = self._timer()
        self._view.question(asked)
        self._view.gap()
        letters = LETTERS[: len(asked.order)]
        while (letter := short(self._line("choice", last=letters[-1]))) not in tuple(letters):
            self._view.tell("no_such_letter", last=letters[-1])
        picked = asked.order[letters.index(letter)]
        review = self._kept(lambda: self._sitting.record_choice(asked, picked, self._timer() - began))
        self._view.choice_marked(asked, picked)
        self._view.saved(review)
        self._view.gap()
        self._view.tell("how_to_go_on", style="dim")
        try:
            while self._more(asked.question, self._prompter.line("> ")):
                pass
        except Skip:
            # This one is answered already: there is nothing to pass over but the pause.
            return

    def _kept(self, write: Callable[[], _T]) -> _T:
        """Write; where the disk refuses, wait for the reader to make room rather than drop what was typed."""
        while True:
            try:
                return write()
            except EnvironmentFault as fault:
                self._view.gap()
                print(explain(fault, self._view.language))  # noqa: T201
                self._view.tell("how_to_retry", style="dim")
                try:
                    self._prompter.line("> ")
                except (Leave, Skip, Undo):
                    raise fault from None

    def _undo(self) -> None:
        undone = self._kept(self._sitting.undo)
        if undone is None:
            self._view.tell("nothing_to_undo")
        else:
            self._view.undone(undone)
