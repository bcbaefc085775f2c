"""Runs many sources of one exercise, such as mutants, for what each comes to.

They are the bank's own code, changed by us, so many of them share a confined worker, one after the other. One that
hangs or dies costs its worker; those after it get another.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.conversing import converse_twice
from llmprep.checking.judge_frames import are_outcomes, interfered
from llmprep.checking.property_checks import judge_properties
from llmprep.checking.submission_frames import Heard, HeardCase
from llmprep.checking.suite import FIXED_SEED, cases_job
from llmprep.checking.verdicts import judge_case
from llmprep.sandbox.job import ANY_LAYERS, Limits
from llmprep.sandbox.process import Nursery
from llmprep.verdict import CaseResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise
    from llmprep.sandbox.process import Worker

TOGETHER = 25
"""Sources that share a worker."""
PATIENCE = 20.0
"""Times the reference's own CPU time that a source may take, beside a second."""


class Fate(NamedTuple):
    """What became of one source."""

    refused: bool
    by: str
    """The group of the first case that it failed, or what ended it."""


def run_many(
    exercise: Exercise,
    suite: Suite,
    sources: Sequence[str],
    *,
    bank_file: Path,
    reference_seconds: float,
    seed: int = FIXED_SEED,
    jobs: int = 2,
) -> list[Fate]:
    """The fate of each source, in order.

    Args:
        exercise: what they are sources of.
        suite: its cases, made from `seed`.
        sources: whole submissions.
        bank_file: the exercise's YAML file, named if its own code fails.
        reference_seconds: the CPU time that the reference takes for the whole suite.
        seed: what the cases' generators draw from.
        jobs: how many workers run at a time.

    Raises:
        EnvironmentFault: no worker can be started.
        BankError: the exercise's code interfered with its worker.
    """
    lanes = [range(lane, len(sources), jobs) for lane in range(min(jobs, len(sources)))]
    fates: dict[int, Fate] = {}

    def run_lane(lane: Sequence[int]) -> None:
        with contextlib.closing(Nursery()) as nursery:
            for at in range(0, len(lane), TOGETHER):
                run_together(list(lane[at : at + TOGETHER]), nursery.worker)

    def run_together(left: list[int], worker: Callable[[], Worker]) -> None:
        while left:
            limits = Limits(
                cpu_seconds=2.0 + (PATIENCE + 2 * len(left)) * reference_seconds,
                wall_seconds=60.0 + 4 * PATIENCE * reference_seconds,
                answer_bytes=1 << 30,
            )
            job = cases_job(exercise, seed, {str(index): sources[index] for index in left})
            transcript = converse_twice(worker, job, limits, ANY_LAYERS)
            for frame in transcript.frames:
                if frame[0] == "outcomes":
                    if not any(are_outcomes(frame, str(index), len(suite.cases)) for index in left):
                        raise interfered(bank_file)
                    fates[int(frame[1])] = fate_of(exercise, suite, frame[2], bank_file, worker)
            culprit = next((index for index in left if index not in fates), None)
            if culprit is None:
                return
            # It could not be loaded, or the worker did not live to answer for it.
            broken = any(frame[0] == "broken" for frame in transcript.frames)
            fates[culprit] = Fate(refused=True, by="loading" if broken else transcript.stop)
            left = [index for index in left if index not in fates]

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        list(pool.map(run_lane, lanes))
    return [fates[index] for index in range(len(sources))]


def fate_of(
    exercise: Exercise,
    suite: Suite,
    outcomes: Sequence[tuple[object, tuple[str, ...], bool]],
    bank_file: Path,
    worker: Callable[[], Worker],
) -> Fate:
    """Grade what a source answered, as a check would.

    Args:
        exercise: what it is a source of.
        suite: its cases.
        outcomes: for each case its output, the inputs that it changed, and whether it lies in their memory.
        bank_file: the exercise's YAML file, named if its own code fails.
        worker: starts a worker, where outputs are judged by their properties.
    """
    said = [HeardCase(value, changed, shares, (), "", 0.0) for value, changed, shares in outcomes]
    results = list(_results(suite, said))
    if all(result.verdict is Verdict.ACCEPTED for result in results):
        results = judge_properties(exercise, suite, Heard(cases=said), results, bank_file, worker, ANY_LAYERS)
    failed = next((result for result in results if result.verdict is not Verdict.ACCEPTED), None)
    return Fate(refused=failed is not None, by=failed.group if failed else "")


def _results(suite: Suite, said: Sequence[HeardCase]) -> Iterator[CaseResult]:
    for case, one in zip(suite.cases, said, strict=True):
        verdict, findings = judge_case(case, one)
        yield CaseResult(case.index, case.group, verdict, got=one.value, findings=findings)
        if verdict is not Verdict.ACCEPTED:
            return
