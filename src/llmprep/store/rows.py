"""Convert rows of the log to records; a row that cannot be read is None, and is skipped.

The log is append-only, so a nonsensical row stays for ever: no reader may fail on it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from llmprep.store.records import Attempt, Mode, Rating, Remembered, Review, Session, plausible

MOST_OF_FINDINGS = 16_000
"""Characters kept of an attempt's findings; readers of the log need far less."""

_RATINGS, _MODES = frozenset(Rating), frozenset(Mode)


def moment(text: object) -> datetime | None:
    """Parse a time written by `to_text`; without a zone it is taken as UTC."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def rating(value: object) -> Rating | None:
    """Return the rating of a number, or None."""
    return Rating(value) if isinstance(value, int) and value in _RATINGS else None


def mode(value: object) -> Mode | None:
    """Return the mode of a name, or None."""
    return Mode(value) if isinstance(value, str) and value in _MODES else None


def plain(text: object) -> Any:
    """Parse JSON; None if it is not JSON."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def remembered(row: tuple[Any, ...]) -> Remembered | None:
    """Convert a row to what scheduling replays; None if it lacks a plausible time, an item or a rating."""
    item, at, rated = row
    when, how = moment(at), rating(rated)
    if not isinstance(item, str) or when is None or how is None or not plausible(when):
        return None
    return Remembered(item, when, how)


def review(row: tuple[Any, ...]) -> Review | None:
    """Convert a row to a review; None without item, time, mode or rating. Other nonsensical fields are left empty."""
    item, at, how, rated, key_points, duration_ms, language, session, answer, choice, option, digest, number = row
    when, form, found = moment(at), mode(how), rating(rated)
    if not isinstance(item, str) or when is None or form is None or found is None:
        return None
    points = plain(key_points)
    return Review(
        item=item,
        at=when,
        mode=form,
        rating=found,
        key_points=tuple(name for name in points if isinstance(name, str)) if isinstance(points, list) else (),
        duration_ms=_number(duration_ms) or 0,
        language=_text(language),
        session=_text(session),
        answer=_text(answer),
        choice=_number(choice),
        option=_number(option),
        digest=_text(digest),
        id=number,
    )


def attempt(row: tuple[Any, ...]) -> Attempt | None:
    """Convert a row to an attempt; None without item, time or verdict. Other nonsensical fields are left empty."""
    item, at, verdict, score, passed, total, cpu_seconds, digest, seed, findings, number = row
    when, found = moment(at), plain(findings)
    if not isinstance(item, str) or when is None or not isinstance(verdict, str):
        return None
    return Attempt(
        item=item,
        at=when,
        verdict=verdict,
        score=_real(score),
        passed=_number(passed) or 0,
        total=_number(total) or 0,
        cpu_seconds=_real(cpu_seconds),
        digest=_text(digest),
        seed=_seed(seed),
        findings=tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else (),
        id=number,
    )


def session(row: tuple[Any, ...], skipped: list[Any], drafts: list[Any]) -> Session | None:
    """Convert rows to a session; None without an id, a plausible time or cards."""
    name, begun, plan, ended = row
    when, cards = moment(begun), plain(plan)
    if not isinstance(name, str) or when is None or not plausible(when) or not isinstance(cards, dict):
        return None
    return Session(
        name,
        when,
        cards,
        None if ended is None else moment(ended) or when,
        tuple(item for (item,) in skipped if isinstance(item, str)),
        tuple((item, text) for item, text in drafts if isinstance(item, str) and isinstance(text, str)),
    )


def findings_text(findings: tuple[dict[str, Any], ...]) -> str:
    """Format findings as JSON of at most `MOST_OF_FINDINGS` characters: the first ones that fit.

    Values that JSON cannot hold are written as their repr; of a finding that is too long or cannot be written, only the
    key is kept.
    """
    kept: list[str] = []
    room = MOST_OF_FINDINGS - 2
    for finding in findings:
        text = _finding(finding)
        if len(text) > room // 2:
            text = json.dumps({"key": str(finding.get("key", ""))[:200]})
        if len(text) + 2 > room:
            break
        kept.append(text)
        room -= len(text) + 2
    return f"[{', '.join(kept)}]"


def _finding(finding: dict[str, Any]) -> str:
    try:
        return json.dumps(finding, default=repr)
    except (ValueError, TypeError, RecursionError):
        return " " * MOST_OF_FINDINGS


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _real(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _seed(value: object) -> int | None:
    try:
        return int(value) if isinstance(value, str | int) else None
    except ValueError:
        return None
