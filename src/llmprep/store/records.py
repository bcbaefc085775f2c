"""Records of the store, as plain frozen values."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple


class Rating(IntEnum):
    """How well an item was known."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Mode(StrEnum):
    """How an item was answered."""

    RECALL = "recall"
    CHOICE = "choice"
    EXERCISE = "exercise"


class Review(NamedTuple):
    """One answer."""

    item: str
    at: datetime
    """When it was given; aware."""
    mode: Mode
    rating: Rating
    key_points: tuple[str, ...] = ()
    """Ids of the key points that were made."""
    duration_ms: int = 0
    language: str = ""
    session: str = ""
    answer: str = ""
    """What was typed."""
    choice: int | None = None
    """Index of the choice that was asked."""
    option: int | None = None
    """Index, in the bank, of the option that was picked."""
    digest: str = ""
    """Digest of the item that was asked."""
    id: int = 0
    """Its number in the log; 0 until it is recorded."""


class Remembered(NamedTuple):
    """The part of a review that scheduling replays."""

    item: str
    at: datetime
    rating: Rating


class Attempt(NamedTuple):
    """One report of a check, recorded."""

    item: str
    at: datetime
    """When the check ran; aware."""
    verdict: str
    score: float
    """Accepted cases over all cases, 0 to 1."""
    passed: int
    total: int
    cpu_seconds: float = 0.0
    digest: str = ""
    seed: int | None = None
    findings: tuple[dict[str, Any], ...] = ()
    """Findings, the most telling first; plain JSON."""
    id: int = 0
    """Its number in the log; 0 until it is recorded."""


class Session(NamedTuple):
    """A study session and its progress."""

    id: str
    begun: datetime
    plan: dict[str, Any]
    """The cards that were drawn, as `llmprep.study.deck` writes them; plain JSON."""
    ended: datetime | None = None
    skipped: tuple[str, ...] = ()
    """Items that were skipped."""
    drafts: tuple[tuple[str, str], ...] = ()
    """Text typed for items that are not answered yet."""


def to_text(moment: datetime) -> str:
    """Format an aware time as ISO 8601 in UTC, of fixed width, so that text sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""The range of plausible times, `LATEST` excluded; it leaves room for any schedule on either side."""


def plausible(moment: datetime) -> bool:
    """Return whether an answer can have been given at a time, and be scheduled from it."""
    return EARLIEST <= moment < LATEST
