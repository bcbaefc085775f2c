"""An exercise's cases with their expected outcomes: from the cache, else made once by a judge worker."""

from __future__ import annotations

import contextlib
import hashlib
import re
import struct
from typing import TYPE_CHECKING, Any

from llmprep.build import build
from llmprep.checking.conversing import converse_twice
from llmprep.checking.judge_frames import raise_if_broken, raise_if_forged, raise_if_unsized
from llmprep.checking.suite_cache import Later, NotKeptError, SuiteCache
from llmprep.record import Record, record
from llmprep.sandbox.codec import WireError, decode, encode
from llmprep.sandbox.job import ANY_LAYERS, Limits
from llmprep.sandbox.process import numpy_version, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmprep.model import Exercise, Tolerance
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker

FIXED_SEED = 0
JUDGE_LIMITS = Limits(
    cpu_seconds=60, wall_seconds=120, memory_bytes=4 << 30, answer_bytes=512 << 20, printed_bytes=1 << 20
)
FORMAT = 4
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
    mistakes_bytes: bytes | Later
    """The mistakes' outcomes, encoded: only a failure looks at them."""
    reference_seconds: float = 0.0
    """CPU time that the reference took for all cases, when they were made."""

    def mistakes(self) -> dict[str, tuple[MistakeOutcome, ...]]:
        """What each mistake, by its id, answers to each case."""
        data = self.mistakes_bytes if isinstance(self.mistakes_bytes, bytes) else self.mistakes_bytes()
        return {
            name: tuple(MistakeOutcome(*outcome) for outcome in outcomes) for name, outcomes in decode(data).items()
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
    kept = SuiteCache(cache) if cache else None
    file = kept.file(*_names(exercise, source, seed)) if kept else None

    def make(judge: Callable[[], Worker]) -> tuple[bytes, bytes]:
        made = _make(exercise, source, seed, judge, acceptable)
        if kept and file:
            kept.keep(file, *made)
        return made

    if kept and file:
        with contextlib.suppress(NotKeptError, WireError, struct.error, ValueError, TypeError, IndexError):
            main, read, digest = kept.read(file)

            def mistakes() -> bytes:
                try:
                    return read()
                except NotKeptError:
                    # Pruned or spoilt since the rest was read, which was good.
                    return make(start)[1]

            return _unpack(exercise, main, Later(digest, mistakes))
    announce()
    main, named = make(worker)
    return _unpack(exercise, main, Later(hashlib.sha256(named).digest(), lambda: named))


def _names(exercise: Exercise, source: Path, seed: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Whose suite it is, and what it is made from: of those with the same owner only the last is worth keeping."""
    return (exercise.id, str(source.absolute()), numpy_version(), seed), (FORMAT, exercise.digest, build())


def _make(
    exercise: Exercise,
    source: Path,
    seed: int,
    worker: Callable[[], Worker],
    acceptable: Required,
) -> tuple[bytes, bytes]:
    """Have a judge worker make the cases and run the reference and the mistakes.

    Returns:
        The cases and what the reference answers, encoded; and what the mistakes answer, encoded.
    """
    solutions = {"reference": exercise.reference}
    solutions |= {f"mistakes.{place}.code": mistake.code for place, mistake in enumerate(exercise.mistakes)}
    job = cases_job(exercise, seed, solutions)
    transcript = converse_twice(worker, job, JUDGE_LIMITS, acceptable)
    raise_if_broken(transcript, exercise, source)
    raise_if_forged(transcript, exercise, source, tuple(solutions))
    raise_if_unsized(transcript, exercise, source)
    inputs = [(frame[1], encode(frame[2]), frame[3]) for frame in transcript.frames if frame[0] == "inputs"]
    outcomes = {frame[1]: frame[2] for frame in transcript.frames if frame[0] == "outcomes"}
    seconds = next(frame[1] for frame in transcript.frames if frame[0] == "pace")
    named = {mistake.id: outcomes[f"mistakes.{place}.code"] for place, mistake in enumerate(exercise.mistakes)}
    main = encode((inputs, [value for value, _, _ in outcomes["reference"]], seconds))
    return main, encode(named)


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


def _unpack(exercise: Exercise, main: bytes, mistakes: Later) -> Suite:
    inputs, reference, seconds = decode(main)
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
    return Suite(tuple(cases), tuple(reference), mistakes, seconds)


def groups_with_check(exercise: Exercise) -> frozenset[str]:
    """The groups that the exercise's `check` has a function for."""
    return frozenset(re.findall(r"^def (\w+)\(", exercise.check, re.MULTILINE))
