"""An exercise's cases with their expected outcomes: from the cache, else made once by a judge worker."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmprep import __version__
from llmprep.checking.judge_frames import raise_if_broken, raise_if_forged, raise_if_unsized
from llmprep.record import Record, record
from llmprep.sandbox.codec import WireError, decode, encode
from llmprep.sandbox.job import ANY_LAYERS, Limits, converse
from llmprep.sandbox.process import numpy_version, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.model import Exercise, Tolerance
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker

FIXED_SEED = 0
JUDGE_LIMITS = Limits(
    cpu_seconds=60, wall_seconds=120, memory_bytes=4 << 30, answer_bytes=512 << 20, printed_bytes=1 << 20
)
FORMAT = 3
"""Raised whenever what is kept of a suite changes."""


@record()
class Case(Record):
    """One call of the entry, with what should come of it."""

    index: int
    place: int
    """The entry of the exercise's `cases` that it comes from."""
    group: str
    given: bytes
    """The inputs, encoded: they go on to the worker as they are."""
    expected: Any
    tolerance: Tolerance
    by_properties: bool
    """Whether the exercise's `check` judges it, rather than equality."""
    free_form: bool

    @property
    def inputs(self) -> Any:
        """The inputs as plain values: `Arguments` or `Script`."""
        return decode(self.given)


@record()
class MistakeOutcome(Record):
    """What a mistake answers to one case."""

    value: Any
    changed: tuple[str, ...]
    shares: bool


@record()
class Suite(Record):
    """All cases of an exercise, in order."""

    cases: tuple[Case, ...]
    reference: tuple[Any, ...]
    """What the reference answers to each case, a literal's too."""
    mistakes_bytes: bytes
    """The mistakes' outcomes, encoded: only a failure looks at them."""
    reference_seconds: float = 0.0
    """CPU time that the reference took for all cases, when they were made."""

    def mistakes(self) -> dict[str, tuple[MistakeOutcome, ...]]:
        """What each mistake, by its id, answers to each case."""
        return {
            name: tuple(MistakeOutcome(*outcome) for outcome in outcomes)
            for name, outcomes in decode(self.mistakes_bytes).items()
        }


def load_suite(
    exercise: Exercise,
    source: Path,
    cache: Path | None,
    *,
    seed: int = FIXED_SEED,
    worker: Callable[[], Worker] = start,
    acceptable: Required = ANY_LAYERS,
    announce: Callable[[], None] = lambda: None,
) -> Suite:
    """The suite of an exercise.

    Args:
        exercise: what it is the suite of.
        source: the exercise's YAML file, which problems name.
        cache: the folder that suites are kept in; None keeps none.
        seed: what generators draw from.
        worker: starts a judge worker, if one is needed.
        acceptable: the layers that must be in force.
        announce: called before the suite is made, which takes a second.

    Raises:
        BankError: the exercise's own code fails, with its file and line.
    """
    path = cache / "suites" / f"{_key(exercise, seed)}.bin" if cache else None
    if path is not None:
        with contextlib.suppress(OSError, WireError, struct.error, ValueError, TypeError, IndexError):
            return _unpack(exercise, _whole(path.read_bytes()))
    announce()
    data = _make(exercise, source, seed, worker(), acceptable)
    if path is not None:
        _keep(path, hashlib.sha256(data).digest() + data)
    return _unpack(exercise, data)


def _key(exercise: Exercise, seed: int) -> str:
    parts = (FORMAT, exercise.id, exercise.digest, __version__, numpy_version(), seed)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


def _whole(kept: bytes) -> bytes:
    """What was kept, if all of it is there.

    Raises:
        ValueError: a crash or a full disk cut it short.
    """
    digest, data = kept[:32], kept[32:]
    if hashlib.sha256(data).digest() != digest:
        raise ValueError("not whole")
    return data


def _keep(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a cache that cannot be written is no cache."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)


def _make(
    exercise: Exercise,
    source: Path,
    seed: int,
    worker: Worker,
    acceptable: Required,
) -> bytes:
    """Have a judge worker make the cases and run the reference and the mistakes."""
    solutions = {"reference": exercise.reference}
    solutions |= {f"mistakes.{place}.code": mistake.code for place, mistake in enumerate(exercise.mistakes)}
    job = cases_job(exercise, seed, solutions)
    transcript = converse(worker, job, JUDGE_LIMITS, acceptable)
    raise_if_broken(transcript, exercise, source)
    raise_if_forged(transcript, exercise, source, tuple(solutions))
    raise_if_unsized(transcript, exercise, source)
    inputs = [(frame[1], encode(frame[2]), frame[3]) for frame in transcript.frames if frame[0] == "inputs"]
    outcomes = {frame[1]: frame[2] for frame in transcript.frames if frame[0] == "outcomes"}
    seconds = next(frame[1] for frame in transcript.frames if frame[0] == "pace")
    named = {mistake.id: outcomes[f"mistakes.{place}.code"] for place, mistake in enumerate(exercise.mistakes)}
    main = encode((inputs, [value for value, _, _ in outcomes["reference"]], seconds))
    return struct.pack("<Q", len(main)) + main + encode(named)


def cases_job(exercise: Exercise, seed: int, solutions: dict[str, str]) -> dict[str, Any]:
    """A judge worker's job: make the cases, and run each of these sources over them."""
    return {
        "kind": "cases",
        "helpers": exercise.helpers,
        "cases": [
            {"inputs": case.inputs, "expect": case.expect, "raises": case.raises, "generate": case.generate}
            for case in exercise.cases
        ],
        "solutions": solutions,
        "entry": exercise.entry,
        "seed": seed,
    }


def _unpack(exercise: Exercise, data: bytes) -> Suite:
    (size,) = struct.unpack_from("<Q", data)
    inputs, reference, seconds = decode(data[8 : 8 + size])
    judged = groups_with_check(exercise)
    cases = []
    for index, ((place, given, literal), answered) in enumerate(zip(inputs, reference, strict=True)):
        case = exercise.cases[place]
        cases.append(
            Case(
                index=index,
                place=place,
                group=case.group.value,
                given=given,
                expected=answered if case.generate else literal,
                tolerance=case.tolerance or exercise.tolerance,
                by_properties=bool(case.generate) and case.group.value in judged,
                free_form=case.form == "free",
            )
        )
    return Suite(tuple(cases), tuple(reference), data[8 + size :], seconds)


def groups_with_check(exercise: Exercise) -> frozenset[str]:
    """The groups that the exercise's `check` has a function for."""
    return frozenset(re.findall(r"^def (\w+)\(", exercise.check, re.MULTILINE))
