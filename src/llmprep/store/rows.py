"""Rows of the log to plain values, whatever they hold; what cannot be read is None, and counts as not there.

The log is append-only, so a row that is nonsense, from whatever clock or hand, stays: no reader may stumble over it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from llmprep.store.records import Attempt, Mode, Rating, Remembered, Review, Session, plausible

MOST_OF_FINDINGS = 16_000
"""Characters kept of all that one attempt found: what the log is read for needs far less."""

_RATINGS, _MODES = frozenset(Rating), frozenset(Mode)


def moment(text: object) -> datetime | None:
    """The moment that `to_text` wrote, in UTC; one without a zone counts as that."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def rating(value: object) -> Rating | None:
    """The rating of a number."""
    return Rating(value) if isinstance(value, int) and value in _RATINGS else None


def mode(value: object) -> Mode | None:
    """The mode of a name."""
    return Mode(value) if isinstance(value, str) and value in _MODES else None


def plain(text: object) -> Any:
    """What JSON holds; None if it is none."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def remembered(row: tuple[Any, ...]) -> Remembered | None:
    """What scheduling replays of a row; nothing of one that was not done when it says: it would be due at no time."""
    item, at, rated = row
    when, how = moment(at), rating(rated)
    if not isinstance(item, str) or when is None or how is None or not plausible(when):
        return None
    return Remembered(item, when, how)


def review(row: tuple[Any, ...]) -> Review | None:
    """A review, if it says what was answered, when, and how it was rated; of the rest, what makes sense."""
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
    """An attempt, if it says at what, when and with which verdict; of the rest, what makes sense."""
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
    """A session, if it says when it was begun and with which plan."""
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
    """Findings as JSON of at most `MOST_OF_FINDINGS` characters: the first ones, those that fit.

    What JSON cannot hold is kept as its repr; of a finding that it cannot hold at all, or that is too long, the key.
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
