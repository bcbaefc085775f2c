"""Scheduling state of items, derived by replaying their reviews.

Items never seen come first, then those due longest, by a fixed interval after the last review.
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
"""Time from a review until its item is due, by rating."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_NEVER_AGAIN = datetime.max.replace(tzinfo=UTC)


class Card(NamedTuple):
    """The scheduling state of an item; without reviews it has no times."""

    reviews: int = 0
    last: datetime | None = None
    due: datetime | None = None


def after(card: Card, review: Remembered) -> Card:
    """Return the card after one more review, due at the end of time at the latest."""
    try:
        due = review.at + INTERVALS[review.rating]
    except OverflowError:
        due = _NEVER_AGAIN
    return Card(card.reviews + 1, review.at, due)


def replay(history: Iterable[Remembered]) -> dict[str, Card]:
    """Return the card of every item in a log, given in order of time."""
    cards: dict[str, Card] = {}
    for review in history:
        cards[review.item] = after(cards.get(review.item, Card()), review)
    return cards


def in_order(items: Sequence[str], cards: Mapping[str, Card], rng: Random) -> list[str]:
    """Return the items as they should be asked: never seen first, then the longest due; `rng` settles ties."""
    shuffled = list(items)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda item: cards.get(item, Card()).due or _NEVER)
