"""Laws of the store."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from llmprep.errors import EnvironmentFault, Exit
from llmprep.store import AnsweredError, Attempt, Mode, Rating, Remembered, Review, Session, Store, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, NOW) as opened:
        yield opened


def review(item: str = "t/a", *, minutes: int = 0, rating: Rating = Rating.GOOD, session: str = "s") -> Review:
    return Review(item, NOW + timedelta(minutes=minutes), Mode.RECALL, rating, session=session)


def test_a_review_comes_back_as_it_was_given(store: Store) -> None:
    """Every field of a review survives, Chinese and quotes included."""
    given = Review(
        "t/a",
        NOW,
        Mode.CHOICE,
        Rating.HARD,
        key_points=("a", "b"),
        duration_ms=12_345,
        language="both",
        session="s",
        answer="量化'; DROP TABLE reviews; --\n第二行",
        choice=1,
        option=0,
        digest="abc",
    )
    kept = store.record_review(given)
    assert kept == given._replace(id=1)
    assert store.reviews() == [kept]


def test_moments_are_kept_in_utc(store: Store) -> None:
    """A review given in another zone is the same moment, and sorts by it."""
    east = NOW.astimezone(timezone(timedelta(hours=8)))
    store.record_review(review()._replace(at=east))
    store.record_review(review("t/b", minutes=-1))
    assert [entry.item for entry in store.history()] == ["t/b", "t/a"]
    assert store.reviews()[0].at == NOW


def undo(store: Store, *, own: tuple[int, ...] = (), session: str = "s", modes: tuple[Mode, ...] = tuple(Mode)) -> str:
    """The item of the review that is taken back, as by somebody who has just taken up a session; `""` for none."""
    taken = store.undo_review(NOW, own=own, session=session, before=store.last_number(), modes=modes)
    return taken.item if taken else ""


def test_undo_appends_and_survives_closing(tmp_path: Path) -> None:
    """A cancelled review is out of every reading, after reopening too, while its row stays in the log."""
    with Store.open(tmp_path, NOW) as store:
        store.record_review(review("t/a"))
        second = store.record_review(review("t/b"))
        assert undo(store) == "t/b"
    with Store.open(tmp_path, NOW) as store:
        assert [entry.item for entry in store.reviews()] == ["t/a"]
        assert [entry.item for entry in store.history()] == ["t/a"]
        assert store.answered("s") == {"t/a"}
    rows = sqlite3.connect(tmp_path / "llmprep.sqlite3").execute("SELECT item, cancels FROM reviews").fetchall()
    assert rows == [("t/a", None), ("t/b", None), (None, second.id)]


def test_a_review_is_cancelled_once(store: Store) -> None:
    """Who takes back what was taken back already takes back the one before, and at last nothing."""
    first, second = (store.record_review(review(item)) for item in ("t/a", "t/b"))
    own = (first.id, second.id)
    assert [undo(store, own=own) for _ in range(3)] == ["t/b", "t/a", ""]


def test_undo_keeps_to_ones_own_first(store: Store) -> None:
    """Its own reviews, then its session's from before it began, then earlier sessions'; never a later one of others."""
    for item, session in (("t/old", "other"), ("t/mine-before", "s")):
        store.record_review(review(item, session=session))
    before = store.last_number()
    own = store.record_review(review("t/mine"))
    for item, session in (("t/theirs", "other"), ("t/theirs-in-this-session", "s")):
        store.record_review(review(item, session=session))
    taken = [store.undo_review(NOW, own=[own.id], session="s", before=before, modes=tuple(Mode)) for _ in range(4)]
    assert [entry and entry.item for entry in taken] == ["t/mine", "t/mine-before", "t/old", None]


def test_undo_passes_over_other_modes(store: Store) -> None:
    """What was answered in a form that one cannot be asked in is not taken back."""
    store.record_review(review("t/a"))
    store.record_review(review("t/b")._replace(mode=Mode.EXERCISE))
    assert undo(store, modes=(Mode.RECALL, Mode.CHOICE)) == "t/a"


def test_an_item_is_answered_once_a_session(store: Store) -> None:
    """A second answer is refused, nothing of it kept; another session takes it, and one whose answer was undone."""
    store.record_review(review(), once=True)
    with pytest.raises(AnsweredError) as refused:
        store.record_review(review(rating=Rating.AGAIN), once=True)
    assert (refused.value.key, refused.value.item, refused.value.code) == ("quiz.answered_elsewhere", "t/a", Exit.USAGE)
    assert [entry.rating for entry in store.reviews()] == [Rating.GOOD]
    store.record_review(review(session="other"), once=True)
    assert undo(store) == "t/a"
    store.record_review(review(rating=Rating.EASY), once=True)
    assert [entry.rating for entry in store.reviews("s")] == [Rating.EASY]


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = ''", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["reviews", "attempts"])
def test_the_logs_are_only_appended(store: Store, tmp_path: Path, table: str, statement: str) -> None:
    """Whoever tries to change or delete a row of a log is refused, by whatever program."""
    store.record_review(review())
    store.record_attempt(Attempt("t/a", NOW, "accepted", 1.0, 3, 3))
    other = sqlite3.connect(tmp_path / "llmprep.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="only appended"):
        other.execute(statement.format(table))


def test_an_attempt_comes_back_as_it_was_given(store: Store) -> None:
    """Every field of an attempt survives; a seed may have 128 bits; what JSON cannot hold is kept as its repr."""
    given = Attempt("t/a", NOW, "wrong_answer", 0.5, 2, 4, 0.25, "abc", 2**127 + 1, ({"key": "k", "facts": {"n": 1}},))
    kept = store.record_attempt(given)
    store.record_attempt(given._replace(item="t/b", verdict="accepted", seed=None, findings=({"key": b"x"},)))
    assert store.attempts("t/a") == [kept]
    assert store.attempts("t/b")[0].findings == ({"key": "b'x'"},)
    assert store.items_with_verdict("accepted") == {"t/b"}


@pytest.mark.parametrize(
    "findings",
    [
        [{"key": "k", "places": list(range(300_000))}],
        [{"key": "k", "n": n} for n in range(100_000)],
        [{"key": "k" * 50_000}],
        [{"key": "k", (1, 2): "a key that JSON has not"}],
        [{"key": "k", "n": object()}, {"key": "k", "n": float("nan")}, {"key": "\ud800"}],
    ],
    ids=["one-long", "many", "long-key", "no-json", "odd"],
)
def test_what_an_attempt_found_takes_little_room(
    store: Store, tmp_path: Path, findings: list[dict[str, object]]
) -> None:
    """A row of the log has an upper bound, whatever was found; the first finding is named; and it reads back."""
    store.record_attempt(Attempt("t/a", NOW, "wrong_answer", 0.5, 2, 4, findings=tuple(findings)))
    connection = sqlite3.connect(tmp_path / "llmprep.sqlite3")
    ((length,),) = connection.execute("SELECT length(findings) FROM attempts").fetchall()
    assert length <= rows.MOST_OF_FINDINGS
    (attempt,) = store.attempts()
    assert attempt.findings[0]["key"] == str(findings[0]["key"])[:200]


def test_a_finding_too_long_costs_no_other(store: Store) -> None:
    """Of it the key is kept, and what follows as it is."""
    found = ({"key": "long", "places": list(range(10_000))}, {"key": "short", "n": 1})
    store.record_attempt(Attempt("t/a", NOW, "wrong_answer", 0.5, 2, 4, findings=found))
    assert store.attempts()[0].findings == ({"key": "long"}, {"key": "short", "n": 1})


def test_a_session_is_resumed_as_it_was_left(tmp_path: Path) -> None:
    """Plan, skipped items and draft survive; a review or a skip drops the item's draft; an ended session says so."""
    with Store.open(tmp_path, NOW) as store:
        store.begin_session(Session("s", NOW, {"cards": [["t/a", "recall"]]}))
        store.keep_draft("s", "t/x", "no")
        store.skip("s", "t/x")
        store.keep_draft("s", "t/a", "第一行")
        store.keep_draft("s", "t/a", "第一行\n第二行")
    with Store.open(tmp_path, NOW) as store:
        assert store.last_session() == Session(
            "s", NOW, {"cards": [["t/a", "recall"]]}, None, ("t/x",), (("t/a", "第一行\n第二行"),)
        )
        store.record_review(review("t/a"))
        store.end_session("s", NOW)
        last = store.last_session()
    assert last is not None
    assert (last.drafts, last.ended) == ((), NOW)


def test_history_holds_what_scheduling_replays(store: Store) -> None:
    """History is item, moment and rating, in the order of time."""
    store.record_review(review(minutes=5, rating=Rating.EASY))
    store.record_review(review(minutes=1, rating=Rating.AGAIN))
    assert store.history() == [
        Remembered("t/a", NOW + timedelta(minutes=1), Rating.AGAIN),
        Remembered("t/a", NOW + timedelta(minutes=5), Rating.EASY),
    ]


def test_the_database_is_durable(store: Store) -> None:
    """A commit is on the disk when it returns: write-ahead log, full synchronisation."""
    connection = store._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """What a process recorded before SIGKILL is there afterwards, unclosed as the database was."""
    code = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from llmprep.store import Mode, Rating, Review, Store
store = Store.open(Path({str(tmp_path)!r}), datetime.now(UTC))
for n in range(1000):
    store.record_review(Review(f"t/{{n}}", datetime.now(UTC), Mode.RECALL, Rating.GOOD))
    print(n, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(7)]
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split()]
    with Store.open(tmp_path, NOW) as store:
        kept = [entry.item for entry in store.reviews()]
    assert kept[: len(told)] == [f"t/{n}" for n in told]
    assert len(kept) <= len(told) + 1


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    """Processes that open a new store together and write all get their rows in."""
    code = f"""
from datetime import UTC, datetime
from pathlib import Path
from llmprep.store import Mode, Rating, Review, Store, database
database.PATIENCE = 60.0  # on a slow disk one of four may well wait for longer than a reader is asked to
with Store.open(Path({str(tmp_path)!r}), datetime.now(UTC)) as store:
    for n in range(20):
        store.record_review(Review(f"t/{{n}}", datetime.now(UTC), Mode.RECALL, Rating.GOOD))
"""
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [process.wait(120) for process in processes] == [0] * 4
    with Store.open(tmp_path, NOW) as store:
        assert len(store.reviews()) == 80


def test_a_full_disk_is_told_and_loses_nothing(store: Store) -> None:
    """When the disk is full the review is refused with a remedy, those before it stay, and room makes it work again."""
    store.record_review(review())
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentFault) as caught:
        store.record_review(review()._replace(answer="x" * 100_000))
    assert caught.value.key == "store.full"
    assert len(store.reviews()) == 1
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.record_review(review()._replace(answer="x" * 100_000))
    assert len(store.reviews()) == 2
