"""A sitting: one run through a session, perhaps begun in an earlier one. What is told as saved is on the disk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from llmprep.store import AnsweredError, Mode, Rating, Review, Session
from llmprep.study.deck import Plan, Planned, ask, plan_card
from llmprep.study.suggestion import suggested_rating

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from llmprep.model import Question
    from llmprep.store import Store
    from llmprep.study.deck import Asked

QUIZ_MODES = (Mode.RECALL, Mode.CHOICE)


class Summary(NamedTuple):
    """How a session went, over all of its sittings."""

    reviews: tuple[Review, ...]
    skipped: tuple[str, ...]
    left: tuple[str, ...]
    """Items not asked yet."""

    @property
    def ratings(self) -> Counter[Rating]:
        """How many answers got each rating."""
        return Counter(review.rating for review in self.reviews)


class Sitting:
    """Walks a session's cards and records what becomes of each.

    Args:
        store: where everything is kept; the session is in it.
        session: the session, new or resumed.
        load: the question with an id.
        there: the ids of the questions that the session may ask.
        clock: the time, aware.
        language: what the reader reads, for the log.
    """

    def __init__(
        self,
        store: Store,
        session: Session,
        *,
        load: Callable[[str], Question],
        there: Collection[str],
        clock: Callable[[], datetime],
        language: str,
    ) -> None:
        self._store, self._load, self._there, self._clock, self._language = store, load, there, clock, language
        self.id, self.begun = session.id, session.begun
        self.plan = Plan.from_json(session.plan)
        self._skipped = list(session.skipped)
        self._drafts = dict(session.drafts)
        self._own: list[int] = []
        self._before = store.last_number()
        done = store.answered(self.id) | set(self._skipped)
        self._left = list(self.plan.left(done, there))
        self._total = len(self._left) + len(done)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to ask."""
        return not self._left

    def current(self) -> Asked | None:
        """The card to ask now. What another process answered in this session is not asked again."""
        self._forget_answered()
        if not self._left:
            return None
        card = self._left[0]
        position = self._total - len(self._left) + 1
        question = self._load(card.item)
        return ask(card, question, position=position, total=self._total, seed=self.plan.seed)

    def _forget_answered(self) -> None:
        answered = self._store.answered(self.id)
        self._left = [card for card in self._left if card.item not in answered]

    def bring_forward(self, item: str) -> bool:
        """Ask for an item next; one that was not chosen takes the last card's place. False if it cannot be asked."""
        waiting = next((card for card in self._left if card.item == item), None)
        if waiting is None:
            if item not in self._there or not self._left or item in self._store.answered(self.id):
                return False
            waiting = self._left[-1]
            self._left.remove(waiting)
            self._left.insert(0, plan_card(item, self.plan.mode, self.plan.seed))
            return True
        self._left.remove(waiting)
        self._left.insert(0, waiting)
        return True

    def draft(self, item: str) -> str:
        """What has been typed for an item, whose answer is not recorded yet."""
        return self._drafts.get(item, "")

    def keep_draft(self, item: str, text: str) -> None:
        """Keep what has been typed so far."""
        self._drafts[item] = text
        self._store.keep_draft(self.id, item, text)

    def record_recall(
        self, asked: Asked, *, answer: str, hit: Collection[str], rating: Rating | None, duration: float
    ) -> Review:
        """Record an answer in prose; without a rating it gets the one that the key points hit suggest.

        Raises:
            AnsweredError: another process has recorded one in this session meanwhile; it is not asked again.
        """
        question = asked.question
        points = tuple(point.id for point in question.key_points if point.id in hit)
        rating = rating or suggested_rating(question.key_points, hit)
        return self._record(asked, duration, mode=Mode.RECALL, rating=rating, key_points=points, answer=answer)

    def record_choice(self, asked: Asked, option: int, duration: float) -> Review:
        """Record the option picked, by the bank's number. The right one is good, any other is again.

        Raises:
            AnsweredError: as `record_recall`.
        """
        rating = Rating.GOOD if asked.drawn.options[option].correct else Rating.AGAIN
        return self._record(asked, duration, mode=Mode.CHOICE, rating=rating, choice=asked.choice, option=option)

    def _record(
        self,
        asked: Asked,
        duration: float,
        *,
        mode: Mode,
        rating: Rating,
        key_points: Sequence[str] = (),
        answer: str = "",
        choice: int | None = None,
        option: int | None = None,
    ) -> Review:
        given = Review(
            item=asked.question.id,
            at=self._clock(),
            mode=mode,
            rating=rating,
            key_points=tuple(key_points),
            duration_ms=round(duration * 1000),
            language=self._language,
            session=self.id,
            answer=answer,
            choice=choice,
            option=option,
            digest=asked.question.digest,
        )
        try:
            review = self._store.record_review(given, once=True)
        except AnsweredError:
            self._drop(given.item)
            raise
        self._own.append(review.id)
        self._drop(given.item)
        return review

    def skip(self, item: str) -> None:
        """Pass an item over: this session does not ask it again."""
        self._store.skip(self.id, item)
        self._skipped.append(item)
        self._drop(item)

    def _drop(self, item: str) -> None:
        self._drafts.pop(item, None)
        self._left = [card for card in self._left if card.item != item]

    def undo(self) -> Review | None:
        """Cancel the rating given last, in this sitting or an earlier one; this session's is asked again at once.

        A rating that another process has given since this sitting began is that process's to cancel.
        """
        last = self._store.undo_review(
            self._clock(), own=self._own, session=self.id, before=self._before, modes=QUIZ_MODES
        )
        if last is None:
            return None
        self._own = [number for number in self._own if number != last.id]
        if last.session == self.id and last.item in self._there:
            self._left = [card for card in self._left if card.item != last.item]
            self._left.insert(0, Planned(last.item, last.mode))
        return last

    def end(self) -> None:
        """Mark the session as ended, so that the next run begins a new one."""
        self._store.end_session(self.id, self._clock())

    def _reviews(self) -> tuple[Review, ...]:
        return tuple(self._store.reviews(self.id))

    def summary(self) -> Summary:
        """How the session has gone so far."""
        self._forget_answered()
        return Summary(self._reviews(), tuple(self._skipped), tuple(card.item for card in self._left))
