"""Load an exercise's cases with their expected outcomes: from the cache, else made once by a judge worker."""

from __future__ import annotations

import contextlib
import hashlib
import re
import struct
from typing import TYPE_CHECKING, Any

from llmprep.build import build
from llmprep.checking.judge_frames import raise_if_broken, raise_if_forged, raise_if_unsized
from llmprep.checking.suite_cache import Later, NotKeptError, SuiteCache
from llmprep.record import Record, record
from llmprep.sandbox.codec import WireError, decode, encode
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import numpy_version, start
from llmprep.sandbox.retry import run_with_retry

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.checking.options import JudgeOptions
    from llmprep.model import Exercise, Tolerance
    from llmprep.sandbox.process import Worker

JUDGE_LIMITS = Limits(
    cpu_seconds=60, wall_seconds=120, memory_bytes=4 << 30, answer_bytes=512 << 20, printed_bytes=1 << 20
)
STEP_SECONDS = 10.0
"""CPU time that one step of making a suite may take, such as a generator, or the reference on one case: a submission
may take less for all cases together."""
SUITE_FORMAT = 5
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
    seed: int = 0
    """What the cases' generators drew from."""

    def mistakes(self) -> dict[str, tuple[MistakeOutcome, ...]]:
        """Return the outcome of each mistake, by its id, in each case."""
        data = self.mistakes_bytes if isinstance(self.mistakes_bytes, bytes) else self.mistakes_bytes()
        return {
            name: tuple(MistakeOutcome(*outcome) for outcome in outcomes) for name, outcomes in decode(data).items()
        }


def load_suite(exercise: Exercise, options: JudgeOptions) -> Suite:
    """Load the suite of an exercise, or make it.

    Args:
        exercise: the exercise.
        options: the cache, the seed, and how a judge worker is started if one is needed.

    Raises:
        BankError: the exercise's own code fails, with its file and line.
        EnvironmentFault: no worker can be started, or a required layer is missing.
    """
    kept = SuiteCache(options.cache) if options.cache else None
    file = kept.file(*_names(exercise, options.seed)) if kept else None

    def make(start_worker: Callable[[], Worker]) -> tuple[bytes, bytes]:
        made = _make(exercise, options._replace(start_worker=start_worker))
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

            return _unpack(exercise, options.seed, main, Later(digest, mistakes))
    options.announce(exercise)
    main, named = make(options.start_worker)
    return _unpack(exercise, options.seed, main, Later(hashlib.sha256(named).digest(), lambda: named))


def _names(exercise: Exercise, seed: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return whose suite it is, and what it is made from: of those with one owner only the last is worth keeping."""
    owner = (exercise.id, str(exercise.path.absolute()), numpy_version(), seed)
    return owner, (SUITE_FORMAT, exercise.digest, build())


def _make(exercise: Exercise, options: JudgeOptions) -> tuple[bytes, bytes]:
    """Have a judge worker make the cases and run the reference and the mistakes.

    Returns:
        The cases and the reference's outputs, encoded; and the mistakes' outcomes, encoded.
    """
    solutions = {"reference": exercise.reference}
    solutions |= {f"mistakes.{place}.code": mistake.code for place, mistake in enumerate(exercise.mistakes)}
    job = {**cases_job(exercise, options.seed, solutions), "step_seconds": STEP_SECONDS}
    job_result = run_with_retry(options.start_worker, job, JUDGE_LIMITS, options.required_layers)
    raise_if_broken(job_result, exercise, JUDGE_LIMITS, STEP_SECONDS)
    job_result.frames = [frame for frame in job_result.frames if frame[0] != "at"]
    raise_if_forged(job_result, exercise, tuple(solutions))
    raise_if_unsized(job_result, exercise)
    inputs = [(frame[1], encode(frame[2]), frame[3]) for frame in job_result.frames if frame[0] == "inputs"]
    outcomes = {frame[1]: frame[2] for frame in job_result.frames if frame[0] == "outcomes"}
    seconds = next(frame[1] for frame in job_result.frames if frame[0] == "seconds")
    named = {mistake.id: outcomes[f"mistakes.{place}.code"] for place, mistake in enumerate(exercise.mistakes)}
    main = encode((inputs, [value for value, _, _ in outcomes["reference"]], seconds))
    return main, encode(named)


def cases_job(exercise: Exercise, seed: int, solutions: dict[str, str]) -> dict[str, Any]:
    """Return a judge worker's job: make the cases, and run each of these sources over them."""
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


def _unpack(exercise: Exercise, seed: int, main: bytes, mistakes: Later) -> Suite:
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
    return Suite(tuple(cases), tuple(reference), mistakes, seconds, seed)


def groups_with_check(exercise: Exercise) -> frozenset[str]:
    """Return the groups that the exercise's `check` has a function for."""
    return frozenset(re.findall(r"^def (\w+)\(", exercise.check, re.MULTILINE))
