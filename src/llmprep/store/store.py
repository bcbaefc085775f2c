"""The store: appends reviews and attempts, updates sessions, and reads them back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from llmprep.errors import UsageError
from llmprep.store import rows
from llmprep.store.database import NAME, connect, faults
from llmprep.store.records import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from llmprep.store.records import Attempt, Mode, Remembered, Review, Session

_REVIEW = "item, at, mode, rating, key_points, duration_ms, language, session, answer, choice, option, digest, id"
_ATTEMPT = "item, at, verdict, score, passed, total, cpu_seconds, digest, seed, findings, id"
# The plus keeps SQLite from scanning all rows by the index on `cancels` instead of using the session's index.
_STANDING = "+r.cancels IS NULL AND NOT EXISTS (SELECT 1 FROM reviews AS c WHERE c.cancels = r.id)"


class AnsweredError(UsageError):
    """Another process has answered this item in the same session."""

    def __init__(self, item: str) -> None:
        super().__init__("quiz.answered_elsewhere", item=item)
        self.item = item


class Store:
    """A user's log. Each method that writes has committed to the disk when it returns.

    Every method raises EnvironmentFault if the disk is full or failing, or the database damaged or busy for long.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open the store in a user's data folder; create it as needed. `now`, by the machine's clock, dates the backup.

        Raises:
            EnvironmentFault: the folder cannot be written; the database is damaged, or of a newer llmprep.
        """
        return cls(connect(folder, now), folder / NAME)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: at the end all of it is on the disk, or none."""
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
            try:
                return self._connection.execute(query, parameters).fetchall()
            except sqlite3.OperationalError as error:
                # Without a code, the error is the sqlite3 module's own: a text is not UTF-8.
                if getattr(error, "sqlite_errorcode", 0):
                    raise
            kept = self._connection.text_factory
            self._connection.text_factory = lambda data: data.decode(errors="replace")
            try:
                return self._connection.execute(query, parameters).fetchall()
            finally:
                self._connection.text_factory = kept

    # Reviews

    def record_review(self, review: Review, *, once: bool = False) -> Review:
        """Append a review and delete its draft.

        Returns:
            The review with its number.

        Raises:
            AnsweredError: `once` is set, and the session has a review of the item already.
        """
        values = (
            review.item,
            to_text(review.at),
            review.mode.value,
            review.rating.value,
            json.dumps(review.key_points),
            *review[5:-1],
        )
        with self._writing() as connection:
            if once and review.item in self.answered(review.session):
                raise AnsweredError(review.item)
            row = connection.execute(
                f"INSERT INTO reviews ({_REVIEW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
                values,
            )
            connection.execute("DELETE FROM drafts WHERE session = ? AND item = ?", (review.session, review.item))
        return review._replace(id=row.lastrowid or 0)

    def undo_review(
        self, at: datetime, *, own: Sequence[int], session: str, before: int, modes: Sequence[Mode]
    ) -> Review | None:
        """Find and cancel the last review, in one transaction.

        It is the last standing review of this run; else of the session, from before this run; else of other sessions,
        from before this run. Reviews that other processes have recorded since are never cancelled.

        Args:
            at: the time of the cancellation.
            own: the numbers of the reviews that this run recorded, in order.
            session: the id of the session.
            before: the number of the last review when this run began.
            modes: the modes of the reviews that may be cancelled.

        Returns:
            The cancelled review; None if there is none.
        """
        forms = f"r.mode IN ({', '.join('?' * len(modes))}) AND r.rating IN (1, 2, 3, 4)"
        columns = ", ".join(f"r.{name}" for name in _REVIEW.split(", "))
        choices: list[tuple[str, tuple[object, ...]]] = [("r.id = ?", (number,)) for number in reversed(own)]
        choices += [("r.session = ? AND r.id <= ?", (session, before)), ("r.id <= ?", (before,))]
        with self._writing() as connection:
            for where, parameters in choices:
                query = (
                    f"SELECT {columns} FROM reviews AS r WHERE {where} AND {forms} AND {_STANDING} "  # noqa: S608
                    "ORDER BY r.id DESC LIMIT 50"
                )
                found = self._rows(query, *parameters, *(mode.value for mode in modes))
                review = next(filter(None, map(rows.review, found)), None)
                if review is not None:
                    connection.execute("INSERT INTO reviews (at, cancels) VALUES (?, ?)", (to_text(at), review.id))
                    return review
        return None

    def last_number(self) -> int:
        """Return the number of the last row of the log, review or cancellation; 0 if there is none."""
        return int(self._rows("SELECT coalesce(max(id), 0) FROM reviews")[0][0])

    def answered(self, session: str) -> set[str]:
        """Return the items that a session has an answer to."""
        query = f"SELECT r.item FROM reviews AS r WHERE r.session = ? AND {_STANDING}"  # noqa: S608
        return {item for (item,) in self._rows(query, session) if isinstance(item, str)}

    def reviews(self, session: str | None = None) -> list[Review]:
        """Return the standing reviews of one session or all, in the order they were recorded."""
        where, parameters = ("WHERE session = ?", (session,)) if session is not None else ("", ())
        query = f"SELECT {_REVIEW} FROM standing_reviews {where} ORDER BY id"  # noqa: S608
        return [review for row in self._rows(query, *parameters) if (review := rows.review(row))]

    def history(self) -> list[Remembered]:
        """Return the standing reviews, as scheduling replays them, in order of time."""
        query = "SELECT item, at, rating FROM standing_reviews ORDER BY at, id"
        found = [review for row in self._rows(query) if (review := rows.remembered(row))]
        # A time written by something else may be in another zone, and then does not sort as text.
        return sorted(found, key=lambda review: review.at)

    # Attempts

    def record_attempt(self, attempt: Attempt) -> Attempt:
        """Append an attempt and return it with its number; its findings are shortened as `findings_text` says."""
        values = (
            attempt.item,
            to_text(attempt.at),
            str(attempt.verdict),
            *attempt[3:8],
            # A seed may take more bits than SQLite's integers have.
            None if attempt.seed is None else str(attempt.seed),
            rows.findings_text(attempt.findings),
        )
        with self._writing() as connection:
            row = connection.execute(
                f"INSERT INTO attempts ({_ATTEMPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
                values,
            )
        return attempt._replace(id=row.lastrowid or 0)

    def attempts(self, item: str | None = None) -> list[Attempt]:
        """Return the attempts at one item or all, in the order they were recorded."""
        where, parameters = ("WHERE item = ?", (item,)) if item is not None else ("", ())
        query = f"SELECT {_ATTEMPT} FROM attempts {where} ORDER BY id"  # noqa: S608
        return [attempt for row in self._rows(query, *parameters) if (attempt := rows.attempt(row))]

    def items_with_verdict(self, verdict: str) -> set[str]:
        """Return the items with an attempt of this verdict."""
        found = self._rows("SELECT DISTINCT item FROM attempts WHERE verdict = ?", verdict)
        return {item for (item,) in found if isinstance(item, str)}

    # Hints

    def hints_seen(self, item: str) -> int:
        """Return how many of an exercise's hints were shown."""
        found = self._rows("SELECT seen FROM hints WHERE item = ?", item)
        return max(0, found[0][0]) if found and isinstance(found[0][0], int) else 0

    def keep_hints_seen(self, item: str, seen: int) -> None:
        """Store how many of an exercise's hints were shown."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO hints (item, seen) VALUES (?, ?)", (item, seen))

    # Sessions

    def begin_session(self, session: Session) -> None:
        """Store a new session."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO sessions (id, begun, plan) VALUES (?, ?, ?)",
                (session.id, to_text(session.begun), json.dumps(session.plan)),
            )

    def last_session(self) -> Session | None:
        """Return the session begun last, ended or not, or None."""
        found = self._rows("SELECT id, begun, plan, ended FROM sessions ORDER BY number DESC")
        return next(filter(None, map(self._session, found)), None)

    def unfinished_sessions(self) -> Iterator[Session]:
        """Return the sessions that have not ended, newest first."""
        found = self._rows("SELECT id, begun, plan, ended FROM sessions WHERE ended IS NULL ORDER BY number DESC")
        return filter(None, map(self._session, found))

    def _session(self, row: tuple[Any, ...]) -> Session | None:
        skipped = self._rows("SELECT item FROM skips WHERE session = ?", row[0])
        return rows.session(row, skipped, self._rows("SELECT item, text FROM drafts WHERE session = ?", row[0]))

    def keep_draft(self, session: str, item: str, text: str) -> None:
        """Store the text typed so far for an item, replacing earlier text."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (session, item, text))

    def skip(self, session: str, item: str) -> None:
        """Store that an item was skipped, and delete its draft."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO skips VALUES (?, ?)", (session, item))
            connection.execute("DELETE FROM drafts WHERE session = ? AND item = ?", (session, item))

    def end_session(self, session: str, at: datetime) -> None:
        """Mark a session as ended, so that it is not resumed."""
        with self._writing() as connection:
            connection.execute("UPDATE sessions SET ended = ? WHERE id = ?", (to_text(at), session))
