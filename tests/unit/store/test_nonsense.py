"""Whatever rows the log holds, each reader of it goes on."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from llmprep.store import Mode, Rating, Review, Session, Store, database
from llmprep.study.deck import Deck, DeckCard, SessionOptions
from llmprep.study.resume import new_session, unfinished
from llmprep.study.scheduler import replay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DEEP = "[" * 100_000
SOUND: dict[str, dict[str, Any]] = {
    "reviews": {
        "at": "2026-02-01T00:00:00.000+00:00",
        "item": "t/b",
        "mode": "recall",
        "rating": 3,
        "key_points": "[]",
        "session": "s",
    },
    "attempts": {
        "at": "2026-02-01T00:00:00.000+00:00",
        "item": "t/b",
        "verdict": "accepted",
        "score": 1.0,
        "passed": 1,
        "total": 1,
        "cpu_seconds": 0.1,
        "digest": "",
        "findings": "[]",
    },
    "sessions": {"id": "odd", "begun": "2026-02-01T00:00:00.000+00:00", "plan": "{}"},
    "skips": {"session": "s", "item": "t/b"},
    "drafts": {"session": "s", "item": "t/b", "text": "x"},
    "hints": {"item": "t/b", "seen": 1},
}
TIMES = (
    "9999-12-31T23:59:59.999+00:00",
    "9999-12-31T23:59:59.999-14:00",
    "0001-01-01T00:00:00.000+14:00",
    "1969-12-31T23:59:59.000+00:00",
    "2026-02-01T00:00:00.000",
    "2026-02-01",
    "2095-01-01T00:00:00.000+00:00",
    "yesterday",
    "",
    1_770_000_000,
    3.5,
    b"\xff\xfe",
)
ANYTHING = (None, "", "x", "\x1b[2J", -1, 7, 2.5, 2**62, float("inf"), b"\xff", b"", DEEP)
JSON = (*ANYTHING, "null", "5", '"abc"', '{"a": 1}', "[1, null, [2]]", "9" * 5000, "NaN", '[{"key": 1}, 2]')
PLANS = tuple(
    f'{{"topics": {topics}, "mode": {mode}, "limit": {limit}, "seed": {seed}, "cards": {cards}}}'
    for topics, mode, limit, seed, cards in (
        ("[]", '"recall"', "10", "1", "[[1, 2]]"),
        ("[]", '"recall"', "10", "1", '[["t/a", "song"]]'),
        ("[]", '"recall"', "10", "1", '[[["t/a"], "recall"]]'),
        ("[]", '"recall"', "10", "1", '{"a": 1}'),
        ("[[]]", '"recall"', "10", "1", "[]"),
        ("null", '"recall"', "10", "1", "[]"),
        ("[]", "[]", "10", "1", '[["t/a", "recall"]]'),
        ("[]", '"recall"', '"x"', "[1]", '[["t/a", "recall"]]'),
    )
)
ODD: dict[tuple[str, str], tuple[Any, ...]] = {
    ("reviews", "at"): TIMES,
    ("reviews", "cancels"): (*ANYTHING, 0, 1, 99),
    ("reviews", "key_points"): JSON,
    ("attempts", "at"): TIMES,
    ("attempts", "findings"): JSON,
    ("attempts", "seed"): (*ANYTHING, "9" * 20_000),
    ("sessions", "begun"): TIMES,
    ("sessions", "ended"): TIMES,
    ("sessions", "plan"): (*JSON, *PLANS),
} | {
    (table, column): ANYTHING
    for table, columns in {
        "reviews": "item mode rating duration_ms language session answer choice option digest",
        "attempts": "item verdict score passed total cpu_seconds digest",
        "sessions": "id",
        "skips": "session item",
        "drafts": "session item text",
        "hints": "item seen",
    }.items()
    for column in columns.split()
}
"""For each column, what no llmprep writes there. A log is written by other versions, other hands and other clocks."""


def write(folder: Path, table: str, values: dict[str, Any]) -> None:
    """Put a row in, past every check; text that is no UTF-8 counts as text, too."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with closing(sqlite3.connect(folder / database.NAME)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
        connection.commit()


def every_reader(folder: Path) -> Store:
    """Read the log in every way there is, and take a session up from it; the store is left open."""
    store = Store.open(folder, NOW)
    replay(store.history())
    for session in (None, "s", "odd"):
        for review in store.reviews(session):
            assert review.at.tzinfo is not None
            assert isinstance(review.rating, Rating)
            assert isinstance(review.mode, Mode)
    store.answered("s")
    for attempt in store.attempts():
        assert all(isinstance(finding, dict) for finding in attempt.findings)
    assert all(isinstance(item, str) for item in store.items_with_verdict("accepted"))
    assert 0 <= store.hints_seen("t/b") < 2**63
    unfinished(store, SessionOptions(), {"t/a", "t/b"})
    session = store.last_session()
    assert session is not None
    new_session(store, SessionOptions(), ["t/a", "t/b"], drawn=1, name=f"new-{random.random()}", now=NOW)
    return store


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with Store.open(tmp_path, NOW) as store:
        deck = Deck((), "recall", 10, 1, (DeckCard("t/a", Mode.RECALL), DeckCard("t/b", Mode.RECALL)))
        store.begin_session(Session("s", NOW, deck.to_json()))
        store.record_review(Review("t/a", NOW, Mode.RECALL, Rating.GOOD, session="s"))
    return tmp_path


@pytest.mark.parametrize(("table", "column"), sorted(ODD))
def test_no_value_of_any_column_stops_a_reader(home: Path, table: str, column: str) -> None:
    """Every reader goes on, what is sound is still there, and undo still works."""
    for value in ODD[table, column]:
        try:
            write(home, table, SOUND[table] | {column: value})
        except sqlite3.IntegrityError as error:
            # What the database itself keeps out cannot be there.
            assert "NOT NULL" in str(error) or "UNIQUE" in str(error), error  # noqa: PT017
    store = every_reader(home)
    own = [review for review in store.reviews() if review.item == "t/a"]
    assert len(own) == (0 if column == "cancels" else 1)
    store.undo_review(NOW, own=[1], session="s", before=store.last_number(), modes=tuple(Mode))
    store.close()


@pytest.mark.parametrize("table", sorted(SOUND))
def test_text_that_is_no_text_stops_no_reader(home: Path, table: str) -> None:
    """Bytes that SQLite holds for text, though they are no UTF-8."""
    write(home, table, SOUND[table])
    connection = sqlite3.connect(home / database.NAME)
    columns = [name for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})") if kind == "TEXT"]
    for column in columns:
        others = [name for name in SOUND[table] if name != column]
        row = ", ".join([column, *others])
        marks = ", ".join("?" * len(others))
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(
            f"INSERT OR REPLACE INTO {table} ({row}) VALUES (CAST(x'66ff66' AS TEXT), {marks})",
            [SOUND[table][name] for name in others],
        )
    connection.commit()
    connection.close()
    every_reader(home).close()


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59.999+00:00", "0001-01-01T00:00:00.000+00:00"])
def test_a_time_that_cannot_be_scheduled_from_counts_for_nothing(home: Path, at: str) -> None:
    """The card's schedule is what its other reviews make it."""
    with Store.open(home, NOW) as store:
        before = replay(store.history())
    write(home, "reviews", SOUND["reviews"] | {"item": "t/a", "at": at})
    with Store.open(home, NOW) as store:
        assert replay(store.history()) == before


def test_history_is_in_the_order_of_time_in_any_zone(home: Path) -> None:
    """Rows of another hand may name another zone, which does not sort as text."""
    write(home, "reviews", SOUND["reviews"] | {"item": "t/late", "at": "2026-02-01T00:00:00.000-05:00"})
    write(home, "reviews", SOUND["reviews"] | {"item": "t/early", "at": "2026-02-01T04:00:00.000+00:00"})
    with Store.open(home, NOW) as store:
        assert [review.item for review in store.history()] == ["t/early", "t/late", "t/a"]
