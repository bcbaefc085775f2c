"""What a submission's worker said, read as a stranger's testimony: each frame in its place and form, or none of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from llmprep.record import Record, record
from llmprep.values import Raised
from llmprep.verdict import Finding, Frame

if TYPE_CHECKING:
    from llmprep.sandbox.converse import Transcript


@record()
class HeardCase(Record):
    """What the worker said of one case."""

    value: Any
    changed: tuple[str, ...]
    shares: bool
    frames: tuple[tuple[int, str, str], ...]
    printed: str
    cpu_seconds: float


@dataclass(slots=True)
class Heard:
    """What the worker said in all."""

    cases: list[HeardCase] = field(default_factory=list)
    again: dict[int, Any] = field(default_factory=dict)
    invalid: Finding | None = None
    raised: tuple[Raised, tuple[tuple[int, str, str], ...]] | None = None
    too_large: bool = False
    well_formed: bool = True
    """False as soon as a frame came that the worker, left alone, would not have sent."""


def hear(transcript: Transcript, total: int, again: tuple[int, ...]) -> Heard:
    """Read a submission's frames: `total` cases in order, then those of `again` in order."""
    heard = Heard(well_formed=transcript.stop != "malformed")
    printed_before = 0
    for frame in transcript.frames:
        kind, fields = frame[0], frame[1:]
        alone = not heard.cases and heard.invalid is None and heard.raised is None
        if kind == "case" and _is_case(fields, len(heard.cases)) and len(heard.cases) < total and not heard.again:
            _, value, changed, shares, frames, printed, cpu_seconds = fields
            text = transcript.printed[printed_before:printed].decode("utf-8", "replace")
            printed_before = max(printed_before, printed)
            heard.cases.append(HeardCase(value, changed, shares, frames, text, cpu_seconds))
        elif kind == "again" and len(heard.cases) == total and _is_again(fields, again[len(heard.again) :]):
            heard.again[fields[0]] = fields[1]
        elif kind == "invalid" and alone and _is_invalid(fields):
            heard.invalid = Finding(f"check.invalid_{fields[0]}", dict(fields[1]))
        elif kind == "raised" and alone and _is_raised(fields):
            heard.raised = (fields[0], fields[1])
        elif kind == "too_large" and len(fields) == 1:
            heard.too_large = True
        else:
            heard.well_formed = False
            break
    return heard


def _is_case(fields: tuple[Any, ...], expected_index: int) -> bool:
    kinds = [type(one) for one in fields]
    return (
        len(fields) == 7  # noqa: PLR2004  (as `worker.submission` sends them)
        and kinds[0] is int
        and fields[0] == expected_index
        and kinds[2:] == [tuple, bool, tuple, int, float]
        and all(type(name) is str for name in fields[2])
        and _are_frames(fields[4])
    )


INVALID: dict[str, dict[str, type]] = {
    "syntax": {"line": int, "column": int, "text": str, "what": str},
    "uncompilable": {"what": str},
    "forbidden": {"name": str, "line": int},
    "no_entry": {"found": tuple},
    "entry_kind": {"wanted": str},
    "parameters": {"signature": str, "what": str},
    "no_method": {"name": str},
}
"""What may make a submission invalid, and the facts that tell of it."""


def _is_invalid(fields: tuple[Any, ...]) -> bool:
    """Whether these are a reason that there is, with just its facts."""
    if [type(one) for one in fields] != [str, dict] or fields[0] not in INVALID:
        return False
    reason, facts = fields
    if {name: type(value) for name, value in facts.items()} != INVALID[reason]:
        return False
    if reason == "entry_kind":
        return facts["wanted"] in ("class", "function")
    return reason != "no_entry" or all(type(name) is str for name in facts["found"])


def _is_again(fields: tuple[Any, ...], to_come: tuple[int, ...]) -> bool:
    """Whether these are an index, the next one to come, and a value."""
    return len(fields) == 2 and bool(to_come) and fields[0] == to_come[0]  # noqa: PLR2004


def _is_raised(fields: tuple[Any, ...]) -> bool:
    """Whether these are an exception and its frames."""
    return len(fields) == 2 and isinstance(fields[0], Raised) and _are_frames(fields[1])  # noqa: PLR2004


def _are_frames(frames: Any) -> bool:
    return type(frames) is tuple and all(
        type(frame) is tuple and [type(one) for one in frame] == [int, str, str] for frame in frames
    )


def own_lines(frames: tuple[tuple[int, str, str], ...], source: str) -> tuple[Frame, ...]:
    """Traceback lines with their text, taken from the submission's source."""
    lines = source.splitlines()
    return tuple(
        Frame(line, function, lines[line - 1].strip() if 0 < line <= len(lines) else "") for line, function, _ in frames
    )
