"""The log and the cards, under any history."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from llmprep.store import Mode, Rating, Remembered, Review, Store
from llmprep.study.marking import find, mark
from llmprep.study.scheduler import Card, after, replay

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ITEMS = st.sampled_from(["t/a", "t/b", "u/c"])
REVIEWS = st.lists(
    st.builds(
        Remembered,
        ITEMS,
        st.integers(0, 10**9).map(lambda ms: NOW + timedelta(milliseconds=ms)),
        st.sampled_from(Rating),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(REVIEWS, st.data())
def test_replay_equals_incremental(history: list[Remembered], data: st.DataObject) -> None:
    """Replaying a log is replaying its beginning and adding the rest one by one."""
    history = sorted(history, key=lambda review: review.at)
    cut = data.draw(st.integers(0, len(history)))
    cards = replay(history[:cut])
    for review in history[cut:]:
        cards[review.item] = after(cards.get(review.item, Card()), review)
    assert cards == replay(history)
    assert sum(card.reviews for card in cards.values()) == len(history)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.tuples(ITEMS, st.sampled_from(Rating)), st.just("undo"), st.just("reopen")), max_size=20))
def test_any_run_of_answers_undos_and_reopenings_leaves_what_stands(steps: list[tuple[str, Rating] | str]) -> None:
    """The store holds exactly the reviews that were not undone, and the cards replayed from it are theirs."""
    expected: list[Remembered] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), NOW)
        for number, step in enumerate(steps):
            moment = NOW + timedelta(seconds=number)
            if step == "reopen":
                store.close()
                store = Store.open(Path(folder), NOW)
            elif step == "undo":
                undone = store.undo_review(moment, own=(), session="s", before=store.last_number(), modes=tuple(Mode))
                assert (undone is None) == (not expected)
                if undone:
                    assert undone.item == expected.pop().item
            else:
                item, rating = step
                store.record_review(Review(item, moment, Mode.RECALL, rating))
                expected.append(Remembered(item, moment, rating))
        assert store.history() == expected
        assert replay(store.history()) == replay(expected)
        store.close()


WORDS = st.text(st.sampled_from("abz09 -_*+.()[]\\^$零点量化，‘’ＡＢ\n"), max_size=12)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_marking_takes_any_phrase_and_any_text(phrase: str, text: str) -> None:
    """No phrase breaks the matcher, and every span lies within the text."""
    for begin, end in find(phrase, text):
        assert 0 <= begin < end <= len(text)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS)
def test_a_phrase_stands_in_itself(phrase: str, before: str, after_it: str) -> None:
    """A phrase without stars and pluses that has a word is found wherever it stands alone on a line."""
    phrase = phrase.replace("*", "").replace("+", "").replace("_", "").strip(" \n-")
    if phrase:
        assert find(phrase, f"{before}\n{phrase}\n{after_it}")
    assert mark("", ()) == ()
