"""Run many programs of one exercise, such as mutants, and grade the answers of each.

They are the bank's own code, changed by us, so many of them share a confined worker, one after the other. A program
that hangs or dies costs its worker; those after it get another.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.judge_frames import are_outcomes, forged_frames
from llmprep.checking.property_checks import judge_properties
from llmprep.checking.submission_frames import CaseAnswer
from llmprep.checking.suite import cases_job
from llmprep.checking.verdicts import judge_case
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.limits import Limits
from llmprep.verdict import CaseResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.checking.judge import Judge
    from llmprep.checking.suite import Suite

TOGETHER = 25
"""Programs that share a worker."""
MOST_TIMES_SLOWER = 20.0
"""CPU time that a program may take, in times of the reference's own, beside a second."""


class ProgramOutcome(NamedTuple):
    """Whether one program was refused, and by what."""

    refused: bool
    by: str
    """The group of the first case that it failed, or what ended it."""


def run_many(judge: Judge, sources: Sequence[str], *, reference_seconds: float, jobs: int = 2) -> list[ProgramOutcome]:
    """Run programs and return the outcome of each, in order.

    Args:
        judge: the exercise and its suite; the workers are forked here.
        sources: whole submissions.
        reference_seconds: the CPU time that the reference takes for the whole suite.
        jobs: how many workers run at a time.

    Raises:
        EnvironmentFault: no worker can be started.
        BankError: the exercise's code interfered with its worker.
    """
    lanes = [range(lane, len(sources), jobs) for lane in range(min(jobs, len(sources)))]
    found: dict[int, ProgramOutcome] = {}

    def run_lane(lane: Sequence[int]) -> None:
        with contextlib.closing(ForkServer()) as fork_server:
            own = replace(judge, start_worker=fork_server.start_worker)
            for at in range(0, len(lane), TOGETHER):
                members = {index: sources[index] for index in lane[at : at + TOGETHER]}
                found.update(_run_together(own, members, reference_seconds))

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        list(pool.map(run_lane, lanes))
    return [found[index] for index in range(len(sources))]


def _run_together(judge: Judge, sources: dict[int, str], reference_seconds: float) -> dict[int, ProgramOutcome]:
    """Run programs in one worker after another, until each has an outcome."""
    found: dict[int, ProgramOutcome] = {}
    left = list(sources)
    while left:
        limits = Limits(
            cpu_seconds=2.0 + (MOST_TIMES_SLOWER + 2 * len(left)) * reference_seconds,
            wall_seconds=60.0 + 4 * MOST_TIMES_SLOWER * reference_seconds,
            answer_bytes=1 << 30,
        )
        job = cases_job(judge.exercise, judge.suite.seed, {str(index): sources[index] for index in left})
        result = judge.run_job(job, limits)
        for frame in result.frames:
            if frame[0] == "outcomes":
                if not any(are_outcomes(frame, str(index), len(judge.suite.cases)) for index in left):
                    raise forged_frames(judge.exercise)
                found[int(frame[1])] = outcome_of(judge, frame[2])
        culprit = next((index for index in left if index not in found), None)
        if culprit is None:
            break
        # It could not be loaded, or the worker did not live to answer for it.
        broken = any(frame[0] == "broken" for frame in result.frames)
        found[culprit] = ProgramOutcome(refused=True, by="loading" if broken else result.stop)
        left = [index for index in left if index not in found]
    return found


def outcome_of(judge: Judge, outcomes: Sequence[tuple[object, tuple[str, ...], bool]]) -> ProgramOutcome:
    """Grade the answers of one program, as a check would.

    Args:
        judge: the exercise, its suite, and workers for outputs that are judged by their properties.
        outcomes: for each case its output, the inputs that it changed, and whether it lies in their memory.
    """
    answers = [CaseAnswer(value, changed, shares, (), "", 0.0) for value, changed, shares in outcomes]
    results = list(_results(judge.suite, answers))
    if all(result.verdict is Verdict.ACCEPTED for result in results):
        results = judge_properties(judge, answers, results)
    failed = next((result for result in results if result.verdict is not Verdict.ACCEPTED), None)
    return ProgramOutcome(refused=failed is not None, by=failed.group if failed else "")


def _results(suite: Suite, answers: Sequence[CaseAnswer]) -> Iterator[CaseResult]:
    """Yield the results of the cases up to the first that failed."""
    for case, answer in zip(suite.cases, answers, strict=True):
        verdict, findings = judge_case(case, answer)
        yield CaseResult(case.index, case.group, verdict, got=answer.value, findings=findings)
        if verdict is not Verdict.ACCEPTED:
            return
