"""What the store keeps, as plain frozen values."""

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
    """Ids of the key points hit."""
    duration_ms: int = 0
    language: str = ""
    session: str = ""
    answer: str = ""
    """What was typed."""
    choice: int | None = None
    """Which of the question's choices was asked, counted from 0."""
    option: int | None = None
    """The option picked, counted from 0 in the bank's order."""
    digest: str = ""
    """The version of the item that was asked."""
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
    """What was found, the most telling first; plain JSON."""
    id: int = 0
    """Its number in the log; 0 until it is recorded."""


class Session(NamedTuple):
    """Where a run of questions stands."""

    id: str
    begun: datetime
    plan: dict[str, Any]
    """What was chosen, as `llmprep.study` writes it; plain JSON."""
    ended: datetime | None = None
    skipped: tuple[str, ...] = ()
    """Items passed over."""
    drafts: tuple[tuple[str, str], ...] = ()
    """What has been typed for items whose reviews are not recorded yet."""


def to_text(moment: datetime) -> str:
    """An aware moment as UTC in ISO 8601 of fixed width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these moments, the latter not included, there is room on either side for any schedule. What claims to have
been done outside them was not."""


def plausible(moment: datetime) -> bool:
    """Whether something can have been done then, and be scheduled from then on."""
    return EARLIEST <= moment < LATEST
