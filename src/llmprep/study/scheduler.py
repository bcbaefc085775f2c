"""Cards: an item's scheduling state, derived by replaying its reviews.

This order is a plain one: never seen first, then by a fixed interval after the last review. A scheduler takes its
place by giving `Card` its state and `after` its step; replay, choice and sessions stay as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from llmprep.store import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

    from llmprep.store import Remembered

INTERVALS: dict[Rating, timedelta] = {
    Rating.AGAIN: timedelta(minutes=10),
    Rating.HARD: timedelta(days=1),
    Rating.GOOD: timedelta(days=3),
    Rating.EASY: timedelta(days=7),
}
"""How long after a review an item is due again, by the review's rating."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_NEVER_AGAIN = datetime.max.replace(tzinfo=UTC)


class Card(NamedTuple):
    """An item's scheduling state. A card without reviews has no times."""

    reviews: int = 0
    last: datetime | None = None
    due: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come; a card never seen is new, not due."""
        return self.due is not None and self.due <= now


def after(card: Card, review: Remembered) -> Card:
    """The card once a review has been added to those that made it; due at the end of time at the latest."""
    try:
        due = review.at + INTERVALS[review.rating]
    except OverflowError:
        due = _NEVER_AGAIN
    return Card(card.reviews + 1, review.at, due)


def replay(history: Iterable[Remembered]) -> dict[str, Card]:
    """The card of every item in a log, whose reviews come in the order of time."""
    cards: dict[str, Card] = {}
    for review in history:
        cards[review.item] = after(cards.get(review.item, Card()), review)
    return cards


def in_order(items: Sequence[str], cards: Mapping[str, Card], rng: Random) -> list[str]:
    """Items as they should be asked: never seen first, then the longest due; chance settles ties."""
    shuffled = list(items)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda item: cards.get(item, Card()).due or _NEVER)
