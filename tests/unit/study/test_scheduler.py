"""Laws of cards, their order, and the suggested rating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from llmprep.model import KeyPoint, Text
from llmprep.store import Rating, Remembered
from llmprep.study.scheduler import INTERVALS, Card, after, in_order, replay
from llmprep.study.suggestion import suggested_rating

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_better_rating_comes_back_later() -> None:
    """Intervals grow with the rating."""
    dues = [after(Card(), Remembered("t/a", NOW, rating)).due for rating in Rating]
    assert dues == sorted(dues, key=str)
    assert len(set(dues)) == 4


def test_a_card_is_due_from_its_moment_on() -> None:
    """Not before; and a card never seen is new, not due."""
    card = after(Card(), Remembered("t/a", NOW, Rating.GOOD))
    moment = NOW + INTERVALS[Rating.GOOD]
    assert card.due == moment
    assert Card().due is None


def test_never_seen_first_then_longest_due() -> None:
    """An old easy item may come after a newer one that was forgotten."""
    cards = replay(
        [
            Remembered("easy-long-ago", NOW - 5 * DAY, Rating.EASY),
            Remembered("good-long-ago", NOW - 4 * DAY, Rating.GOOD),
            Remembered("again-now", NOW, Rating.AGAIN),
        ]
    )
    items = ["again-now", "easy-long-ago", "good-long-ago", "new"]
    assert in_order(items, cards, Random(0)) == ["new", "good-long-ago", "again-now", "easy-long-ago"]


def test_chance_settles_ties_and_the_seed_settles_chance() -> None:
    """New items come in an order that the seed repeats, and that other seeds change."""
    items = [f"t/{n}" for n in range(20)]
    assert in_order(items, {}, Random(1)) == in_order(items, {}, Random(1))
    assert len({tuple(in_order(items, {}, Random(seed))) for seed in range(5)}) == 5


def points(*essential: bool) -> list[KeyPoint]:
    return [KeyPoint(str(n), Text("", ""), essential=flag) for n, flag in enumerate(essential)]


def test_an_essential_point_missed_fails() -> None:
    """Whatever else was hit."""
    assert suggested_rating(points(True, False, False, False), {"1", "2", "3"}) is Rating.AGAIN


def test_the_share_of_points_sets_the_rest() -> None:
    """All is easy, most is good, the essential alone is hard."""
    rubric = points(True, False, False, False, False)
    assert suggested_rating(rubric, set("01234")) is Rating.EASY
    assert suggested_rating(rubric, set("012")) is Rating.GOOD
    assert suggested_rating(rubric, set("0")) is Rating.HARD
