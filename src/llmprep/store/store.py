"""The store: appends reviews and attempts, keeps where a session stands, and reads all of it back."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from llmprep.store.database import NAME, connect, faults
from llmprep.store.records import Attempt, Mode, Rating, Remembered, Review, Session, from_text, to_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

_REVIEW = "item, at, mode, rating, key_points, duration_ms, language, session, answer, choice, option, digest, id"
_ATTEMPT = "item, at, verdict, score, passed, total, cpu_seconds, digest, seed, findings, id"


class Store:
    """What a user has done. Each method that writes has committed, to the disk, when it returns.

    Every method raises EnvironmentFault where the disk is full or failing, the database broken, or busy for long.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open, and make as needed, the store in a user's data folder; `now` dates the day's copy.

        Raises:
            EnvironmentFault: the folder cannot be written; the database is broken, or of a later llmprep.
        """
        return cls(connect(folder, now), folder / NAME)

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk at the end, or none."""
        with faults(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise

    def _rows(self, query: str, *parameters: object) -> list[Any]:
        with faults(self.path):
            return self._connection.execute(query, parameters).fetchall()

    # Reviews

    def record_review(self, review: Review) -> Review:
        """Append a review, and drop the draft it was made from; the result carries its number."""
        values = (
            review.item,
            to_text(review.at),
            review.mode.value,
            review.rating.value,
            json.dumps(review.key_points),
            *review[5:-1],
        )
        with self._writing() as connection:
            row = connection.execute(
                f"INSERT INTO reviews ({_REVIEW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
                values,
            )
            connection.execute("DELETE FROM drafts WHERE session = ? AND item = ?", (review.session, review.item))
        return review._replace(id=row.lastrowid or 0)

    def cancel_review(self, number: int, at: datetime) -> None:
        """Append the row that cancels a review."""
        with self._writing() as connection:
            connection.execute("INSERT INTO reviews (at, cancels) VALUES (?, ?)", (to_text(at), number))

    def last_review(self, modes: Sequence[Mode] = tuple(Mode)) -> Review | None:
        """The review recorded last, among those not cancelled."""
        marks = ", ".join("?" * len(modes))
        query = f"SELECT {_REVIEW} FROM standing_reviews WHERE mode IN ({marks}) ORDER BY id DESC LIMIT 1"  # noqa: S608
        return next(map(_review, self._rows(query, *(mode.value for mode in modes))), None)

    def reviews(self, session: str | None = None) -> list[Review]:
        """The reviews not cancelled, of one session or all, in the order they were recorded."""
        where, parameters = ("WHERE session = ?", (session,)) if session is not None else ("", ())
        query = f"SELECT {_REVIEW} FROM standing_reviews {where} ORDER BY id"  # noqa: S608
        return [_review(row) for row in self._rows(query, *parameters)]

    def history(self) -> list[Remembered]:
        """What scheduling replays: the reviews not cancelled, in the order of time."""
        query = "SELECT item, at, rating FROM standing_reviews ORDER BY at, id"
        return [Remembered(item, from_text(at), Rating(rating)) for item, at, rating in self._rows(query)]

    # Attempts

    def record_attempt(self, attempt: Attempt) -> Attempt:
        """Append an attempt; the result carries its number. What JSON cannot hold in a finding is kept as its repr."""
        values = (
            attempt.item,
            to_text(attempt.at),
            str(attempt.verdict),
            *attempt[3:8],
            # A seed may take more bits than SQLite's integers have.
            None if attempt.seed is None else str(attempt.seed),
            json.dumps(attempt.findings, default=repr),
        )
        with self._writing() as connection:
            row = connection.execute(
                f"INSERT INTO attempts ({_ATTEMPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
                values,
            )
        return attempt._replace(id=row.lastrowid or 0)

    def attempts(self, item: str | None = None) -> list[Attempt]:
        """The attempts at one item or all, in the order they were recorded."""
        where, parameters = ("WHERE item = ?", (item,)) if item is not None else ("", ())
        rows = self._rows(f"SELECT {_ATTEMPT} FROM attempts {where} ORDER BY id", *parameters)  # noqa: S608
        return [_attempt(row) for row in rows]

    def items_with_verdict(self, verdict: str) -> set[str]:
        """The items that some attempt got this verdict on."""
        return {item for (item,) in self._rows("SELECT DISTINCT item FROM attempts WHERE verdict = ?", verdict)}

    # Hints

    def hints_seen(self, item: str) -> int:
        """How many of an exercise's hints were shown."""
        rows = self._rows("SELECT seen FROM hints WHERE item = ?", item)
        return int(rows[0][0]) if rows else 0

    def keep_hints_seen(self, item: str, seen: int) -> None:
        """Remember how many of an exercise's hints were shown."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO hints (item, seen) VALUES (?, ?)", (item, seen))

    # Sessions

    def begin_session(self, session: Session) -> None:
        """Keep a new session."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO sessions (id, begun, plan) VALUES (?, ?, ?)",
                (session.id, to_text(session.begun), json.dumps(session.plan)),
            )

    def last_session(self) -> Session | None:
        """The session begun last, ended or not."""
        rows = self._rows("SELECT id, begun, plan, ended FROM sessions ORDER BY number DESC LIMIT 1")
        return next(map(self._session, rows), None)

    def unfinished_sessions(self) -> Iterator[Session]:
        """The sessions that have not ended, the one begun last first."""
        rows = self._rows("SELECT id, begun, plan, ended FROM sessions WHERE ended IS NULL ORDER BY number DESC")
        return map(self._session, rows)

    def _session(self, row: tuple[Any, ...]) -> Session:
        session, begun, plan, ended = row
        return Session(
            session,
            from_text(begun),
            json.loads(plan),
            from_text(ended) if ended else None,
            tuple(item for (item,) in self._rows("SELECT item FROM skips WHERE session = ?", session)),
            tuple(self._rows("SELECT item, text FROM drafts WHERE session = ?", session)),
        )

    def keep_draft(self, session: str, item: str, text: str) -> None:
        """Keep what has been typed so far for an item, in place of what was kept before."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (session, item, text))

    def skip(self, session: str, item: str) -> None:
        """Keep that an item was passed over, and drop its draft."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO skips VALUES (?, ?)", (session, item))
            connection.execute("DELETE FROM drafts WHERE session = ? AND item = ?", (session, item))

    def end_session(self, session: str, at: datetime) -> None:
        """Mark a session as ended: nothing is left to resume."""
        with self._writing() as connection:
            connection.execute("UPDATE sessions SET ended = ? WHERE id = ?", (to_text(at), session))


def _review(row: tuple[Any, ...]) -> Review:
    item, at, mode, rating, key_points, *rest = row
    return Review(item, from_text(at), Mode(mode), Rating(rating), tuple(json.loads(key_points)), *rest)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    item, at, verdict, score, passed, total, cpu_seconds, digest, seed, findings, number = row
    return Attempt(
        item=item,
        at=from_text(at),
        verdict=verdict,
        score=score,
        passed=passed,
        total=total,
        cpu_seconds=cpu_seconds,
        digest=digest,
        seed=None if seed is None else int(seed),
        findings=tuple(json.loads(findings)),
        id=number,
    )
