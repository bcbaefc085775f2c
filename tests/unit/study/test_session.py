"""Laws of a sitting."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from llmprep.model import Choice, KeyPoint, Option, Question, Text
from llmprep.store import AnsweredError, Mode, Rating, Store
from llmprep.study.deck import Request
from llmprep.study.resume import begin, next_exercises, unfinished
from llmprep.study.session import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAIR = Text("a", "b")
ITEMS = ["t/a", "t/b", "t/c"]


def question(item: str) -> Question:
    options = tuple(Option(PAIR, PAIR, correct=n == 2) for n in range(4))
    return Question(
        id=item,
        kind="question",
        title=PAIR,
        difficulty="easy",
        minutes=1,
        prompt=PAIR,
        sources=(),
        answer=PAIR,
        key_points=(KeyPoint("one", PAIR, essential=True), KeyPoint("two", PAIR)),
        traps=(),
        follow_ups=(),
        choices=(Choice(PAIR, options),),
        digest="d",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, NOW) as opened:
        yield opened


def new(store: Store, *, mode: str = "recall", items: list[str] = ITEMS, name: str = "s") -> Sitting:
    begin(store, Request(mode=mode, limit=3), items, seed=1, name=name, now=NOW)
    return resumed(store)


def resumed(store: Store, there: list[str] = ITEMS) -> Sitting:
    session = store.last_session()
    assert session is not None
    return Sitting(store, session, load=question, there=set(there), clock=lambda: NOW, language="en")


def answer(sitting: Sitting, rating: Rating | None = Rating.GOOD) -> str:
    asked = sitting.current()
    assert asked is not None
    return sitting.record_recall(asked, answer="x", hit={"one"}, rating=rating, duration=1.5).item


def test_a_sitting_asks_each_card_once(store: Store) -> None:
    """And is finished then."""
    sitting = new(store)
    assert sorted(answer(sitting) for _ in ITEMS) == ITEMS
    assert sitting.finished
    assert sitting.current() is None


def test_a_later_sitting_goes_on_where_an_earlier_one_broke_off(store: Store) -> None:
    """Neither what was answered nor what was skipped is asked again, and the position goes on counting."""
    sitting = new(store)
    first = answer(sitting)
    asked = sitting.current()
    assert asked is not None
    sitting.skip(asked.question.id)
    later = resumed(store)
    left = later.current()
    assert left is not None
    assert {first, asked.question.id, left.question.id} == set(ITEMS)
    assert (left.position, left.total) == (3, 3)
    summary = later.summary()
    assert ([review.item for review in summary.reviews], summary.skipped) == ([first], (asked.question.id,))


def test_a_draft_outlives_its_sitting_until_the_answer_is_recorded(store: Store) -> None:
    """What was typed is there when the session is resumed, for that item alone."""
    sitting = new(store)
    asked = sitting.current()
    assert asked is not None
    sitting.keep_draft(asked.question.id, "half an")
    later = resumed(store)
    assert later.draft(asked.question.id) == "half an"
    assert later.draft("t/other") == ""
    answer(later)
    assert resumed(store).draft(asked.question.id) == ""


def test_an_item_that_left_the_bank_is_not_asked(store: Store) -> None:
    """The rest of the session is."""
    new(store)
    later = resumed(store, ITEMS[:1])
    assert answer(later) == ITEMS[0]
    assert later.finished


def test_undo_asks_again_at_once(store: Store) -> None:
    """The rating is cancelled, and its card comes next, in this sitting or a resumed one."""
    sitting = new(store)
    first = answer(sitting, Rating.EASY)
    later = resumed(store)
    undone = later.undo()
    assert undone is not None
    assert (undone.item, undone.rating) == (first, Rating.EASY)
    asked = later.current()
    assert asked is not None
    assert (asked.question.id, asked.position) == (first, 1)
    assert store.reviews() == []


def test_undo_reaches_into_an_earlier_session(store: Store) -> None:
    """Its rating is cancelled; the card is not forced into this session."""
    answer(new(store))
    other = new(store, name="s2")
    before = other.summary().left
    assert other.undo() is not None
    assert other.summary().left == before
    assert other.undo() is None


def test_two_at_once_take_back_their_own(tmp_path: Path, store: Store) -> None:
    """Of two terminals in one session each undoes what it rated itself, and none what the other did meanwhile."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        other = resumed(second)
        mine, theirs = answer(one, Rating.GOOD), answer(other, Rating.EASY)
        assert mine != theirs
        for sitting, item in ((one, mine), (other, theirs)):
            undone = sitting.undo()
            assert undone is not None
            assert undone.item == item
            assert sitting.undo() is None
    assert store.reviews() == []


def test_another_sessions_rating_is_not_taken_back_while_it_goes_on(tmp_path: Path, store: Store) -> None:
    """What another session rates after this sitting began is not this one's to undo."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        answer(new(second, name="s2"))
        assert one.undo() is None
    assert len(store.reviews()) == 1


def test_a_card_is_answered_once_by_two_at_once(tmp_path: Path, store: Store) -> None:
    """Who comes second is told; nothing counts twice; what the other answered is not asked again."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        other = resumed(second)
        asked = other.current()
        assert asked is not None
        assert answer(one, Rating.EASY) == asked.question.id
        with pytest.raises(AnsweredError):
            other.record_recall(asked, answer="y", hit=(), rating=Rating.AGAIN, duration=1)
        following = other.current()
        assert following is not None
        assert (following.question.id != asked.question.id, following.position, following.total) == (True, 2, 3)
        answer(one)
        answer(other)
        for sitting in (one, other):
            summary = sitting.summary()
            assert (len(summary.reviews), summary.left) == (3, ())
            assert sitting.current() is None
    assert [review.rating for review in store.reviews()].count(Rating.AGAIN) == 0


def test_a_choice_is_marked_for_certain(store: Store) -> None:
    """The right option is good, any other is again; both are kept by the bank's number."""
    sitting = new(store, mode="choice")
    ratings = []
    for option in (2, 0, 3):
        asked = sitting.current()
        assert asked is not None
        review = sitting.record_choice(asked, option, 2.0)
        ratings.append(review.rating)
        assert (review.choice, review.option, review.duration_ms, review.digest) == (0, option, 2000, "d")
    assert ratings == [Rating.GOOD, Rating.AGAIN, Rating.AGAIN]


def test_without_a_rating_the_suggested_one_is_recorded(store: Store) -> None:
    """As the key points hit suggest it; unknown ids are not kept."""
    sitting = new(store)
    asked = sitting.current()
    assert asked is not None
    review = sitting.record_recall(asked, answer="", hit={"one", "two", "?"}, rating=None, duration=0)
    assert (review.rating, review.key_points, review.mode) == (Rating.EASY, ("one", "two"), Mode.RECALL)


def test_an_item_can_be_brought_forward(store: Store) -> None:
    """One that waits comes next; one that was not chosen takes the last card's place; one answered is refused."""
    sitting = new(store, items=["t/a", "t/b"])
    asked = sitting.current()
    assert asked is not None
    other = next(item for item in ("t/a", "t/b") if item != asked.question.id)
    assert sitting.bring_forward(other)
    assert answer(sitting) == other
    assert not sitting.bring_forward(other)
    assert sitting.bring_forward("t/c")
    assert answer(sitting) == "t/c"
    assert sitting.finished
    assert not sitting.bring_forward("t/unknown")


def test_only_the_last_unfinished_session_is_taken_up(store: Store) -> None:
    """One that ended, that is not what is asked for, or whose items are gone or done, is not."""
    assert unfinished(store, Request(), ITEMS) is None
    sitting = new(store)
    assert unfinished(store, Request(), ITEMS) is not None
    assert unfinished(store, Request(mode="choice"), ITEMS) is None
    assert unfinished(store, Request(), ["t/other"]) is None
    new(store, name="s2").end()
    earlier = unfinished(store, Request(), ITEMS)
    assert earlier is not None
    assert earlier.id == "s"
    sitting.end()
    assert unfinished(store, Request(), ITEMS) is None
    third = new(store, name="s3")
    for _ in ITEMS:
        answer(third)
    assert unfinished(store, Request(), ITEMS) is None
    assert not sitting.finished


def test_a_session_of_other_options_waits(store: Store) -> None:
    """What was typed in it is there when its options are asked for again, whatever was begun since."""
    request = Request(mode="recall")
    first = new(store, name="s1")
    asked = first.current()
    assert asked is not None
    first.keep_draft(asked.question.id, "typed")
    begin(store, Request(mode="choice"), ITEMS, seed=2, name="s2", now=NOW)
    newest, again = unfinished(store, Request(), ITEMS), unfinished(store, request, ITEMS)
    assert newest is not None
    assert again is not None
    assert (newest.id, again.id, again.drafts) == ("s2", "s1", ((asked.question.id, "typed"),))


def test_a_new_session_asks_what_is_due(store: Store) -> None:
    """What was answered in the last session comes after what was not."""
    first = new(store)
    seen = answer(first)
    assert new(store, name="s2").plan.cards[-1].item == seen


def test_related_exercises_come_first_and_solved_ones_never() -> None:
    """At most three, each once."""
    from dataclasses import replace

    asked = [replace(question("t/a"), related=("t/y", "t/gone", "t/solved"))]
    there = ["t/x", "t/y", "t/z", "t/solved", "t/w"]
    assert next_exercises(asked, there, {"t/solved"}) == ["t/y", "t/x", "t/z"]
