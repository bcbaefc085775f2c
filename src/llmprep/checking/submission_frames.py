"""Validate a submission worker's frames; reject everything from the first malformed or out-of-order frame on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.sandbox.codec import LONGEST_NAME
from llmprep.values import Raised
from llmprep.verdict import Finding, Frame

if TYPE_CHECKING:
    from llmprep.sandbox.job_result import JobResult


LONGEST_TEXT = 500
"""Characters of any text about a submission that could not be loaded."""
LONGEST_LINE = 200
"""Characters of a line of the source that are quoted."""
LARGEST_NUMBER = 10_000_000
"""No submission has as many lines or columns."""
MOST_FRAMES, MOST_INPUTS = 50, 100
ENTRIES = ("class", "function", "async", "value")
"""What bears the name of an exercise's entry."""
FINGERPRINT = re.compile(r"[0-9a-f]{32}")
TRIED = ("process", "network", "write", "read", "signal", "thread")
"""What a worker remarks that a submission tried and may not do, in the order in which it is told."""

INVALID: dict[str, dict[str, type]] = {
    "syntax": {"line": int, "column": int, "text": str, "what": str},
    "uncompilable": {"what": str},
    "too_deep": {},
    "no_entry": {"found": tuple},
    "entry_kind": {"wanted": str, "is_a": str},
    "parameters": {"signature": str, "what": str},
}
"""Why a submission cannot be run, each with the facts that its message names."""


class CaseAnswer(NamedTuple):
    """The answer to one case, and what the worker reported with it."""

    value: Any
    changed: tuple[str, ...]
    shares: bool
    frames: tuple[tuple[int, str, str], ...]
    printed: str
    cpu_seconds: float


@dataclass(slots=True)
class SubmissionAnswers:
    """All that the worker sent, validated."""

    cases: list[CaseAnswer] = field(default_factory=list)
    again: dict[int, Any] = field(default_factory=dict)
    invalid: Finding | None = None
    raised: tuple[Raised, tuple[tuple[int, str, str], ...]] | None = None
    too_large: bool = False
    loaded: bool = False
    """Whether it was loaded, so that what came then came of a case: to be put in words, never to judge by."""
    complete: bool = False
    """Whether every answer that was asked for came."""
    printed: str = ""
    """What was printed after the last answer."""
    code: str = ""
    """The fingerprint of the code, taken before it ran."""
    tried: list[str] = field(default_factory=list)
    """What it tried that no submission may: the remarks of its own process, which may keep silent or make some up."""
    well_formed: bool = True
    """False as soon as a frame came that the worker, left alone, would not have sent."""


def parse_frames(job_result: JobResult, total: int, again: tuple[int, ...]) -> SubmissionAnswers:
    """Read a submission's frames: `total` cases in order, then those of `again` in order."""
    answers = SubmissionAnswers(well_formed=job_result.stop != "malformed")
    printed_before = 0
    for frame in job_result.frames:
        kind, fields = frame[0], frame[1:]
        alone = not answers.cases and answers.invalid is None and answers.raised is None
        if kind == "case" and _is_case(fields, len(answers.cases)) and len(answers.cases) < total and not answers.again:
            _, value, changed, shares, frames, printed, cpu_seconds = fields
            # The count is the worker's own: each byte belongs to one case, whatever the count is.
            printed = min(max(printed_before, printed), len(job_result.printed))
            text = job_result.printed[printed_before:printed].decode("utf-8", "replace")
            printed_before = printed
            answers.loaded = True
            answers.cases.append(CaseAnswer(value, changed, shares, frames, text, cpu_seconds))
        elif kind == "loaded" and alone and not answers.loaded and not fields:
            answers.loaded = True
        elif kind == "again" and len(answers.cases) == total and _is_again(fields, again[len(answers.again) :]):
            answers.again[fields[0]] = fields[1]
        elif kind == "invalid" and alone and _is_invalid(fields):
            answers.invalid = Finding(f"check.invalid_{fields[0]}", dict(fields[1]))
        elif kind == "raised" and alone and _is_raised(fields):
            answers.raised = (fields[0], fields[1])
        elif kind == "code" and alone and not answers.code and _is_fingerprint(fields):
            answers.code = fields[0]
        elif kind == "tried" and _is_new_attempt(fields, answers.tried):
            answers.tried.append(fields[0])
        elif kind == "too_large" and [type(one) for one in fields] == [int]:
            answers.too_large = True
        else:
            answers.well_formed = False
            break
    answers.complete = len(answers.cases) == total and len(answers.again) == len(again)
    answers.printed = job_result.printed[printed_before:].decode("utf-8", "replace")
    return answers


def _is_case(fields: tuple[Any, ...], expected_index: int) -> bool:
    kinds = [type(one) for one in fields]
    return (
        len(fields) == 7  # noqa: PLR2004  (as `worker.submission` sends them)
        and kinds[0] is int
        and fields[0] == expected_index
        and kinds[2:] == [tuple, bool, tuple, int, float]
        and _are_texts(fields[2], MOST_INPUTS, LONGEST_NAME)
        and _are_frames(fields[4])
    )


def _is_new_attempt(fields: tuple[Any, ...], earlier: list[str]) -> bool:
    return [type(one) for one in fields] == [str] and fields[0] in TRIED and fields[0] not in earlier


def _is_fingerprint(fields: tuple[Any, ...]) -> bool:
    return len(fields) == 1 and type(fields[0]) is str and FINGERPRINT.fullmatch(fields[0]) is not None


def _is_invalid(fields: tuple[Any, ...]) -> bool:
    """Return whether these are a reason and its facts, each of its type and of a size to be shown."""
    if [type(one) for one in fields] != [str, dict] or fields[0] not in INVALID:
        return False
    facts: dict[str, Any] = fields[1]
    kinds = INVALID[fields[0]]
    return (
        facts.keys() == kinds.keys()
        and all(type(facts[name]) is kind for name, kind in kinds.items())
        and all(len(fact) <= LONGEST_TEXT for fact in facts.values() if type(fact) is str)
        and all(0 <= fact <= LARGEST_NUMBER for fact in facts.values() if type(fact) is int)
        and all(_are_texts(fact, 10, LONGEST_NAME) for fact in facts.values() if type(fact) is tuple)
        and facts.get("wanted", "class") in ("class", "function")
        and facts.get("is_a", "class") in ENTRIES
    )


def _are_texts(texts: tuple[Any, ...], most: int, longest: int) -> bool:
    return len(texts) <= most and all(type(text) is str and len(text) <= longest for text in texts)


def _is_again(fields: tuple[Any, ...], to_come: tuple[int, ...]) -> bool:
    """Return whether these are an index, the next one to come, and a value."""
    return len(fields) == 2 and type(fields[0]) is int and fields[0] in to_come[:1]  # noqa: PLR2004


def _is_raised(fields: tuple[Any, ...]) -> bool:
    """Return whether these are an exception and its frames."""
    return len(fields) == 2 and isinstance(fields[0], Raised) and _are_frames(fields[1])  # noqa: PLR2004


def _are_frames(frames: Any) -> bool:
    return (
        type(frames) is tuple
        and len(frames) <= MOST_FRAMES
        and all(
            type(frame) is tuple
            and [type(one) for one in frame] == [int, str, str]
            and abs(frame[0]) <= LARGEST_NUMBER
            and _are_texts(frame[1:], 2, LONGEST_NAME)
            for frame in frames
        )
    )


def own_lines(
    frames: tuple[tuple[int, str, str], ...], source: str, call: tuple[str, int] | None = None
) -> tuple[Frame, ...]:
    """Return traceback lines with their text from the submission's source; of a script, those of one call."""
    return with_text(frames, source_lines(source), call) if frames else ()


def source_lines(source: str) -> list[str]:
    """Return the lines of a source as Python counts them: a form feed ends none."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def with_text(
    frames: tuple[tuple[int, str, str], ...], lines: list[str], call: tuple[str, int] | None = None
) -> tuple[Frame, ...]:
    """Return traceback lines with the beginning of their text; of a script, those of one call.

    Args:
        frames: line, function, and for a script the number of the call.
        lines: the submission's.
        call: the call's name and number.
    """
    wanted = str(call[1]) if call else ""
    return tuple(
        Frame(line, function, _quoted(lines[line - 1]) if 0 < line <= len(lines) else "", call)
        for line, function, number in frames
        if (number == wanted if call else not number.isdigit())
    )


def _quoted(line: str) -> str:
    # What is not quoted is not copied either: fifty frames of each case may be in one line of a megabyte.
    text = line[: 2 * LONGEST_LINE].strip()
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
