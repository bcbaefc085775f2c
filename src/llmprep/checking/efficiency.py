"""Measure a submission's efficiency: its CPU time beside that of the reference.

Each case of the group `efficiency` runs in a process of its own, the reference's and the submission's in turn, and the
kernel accounts for each process: loading the submission counts, and nothing it measures or remembers does. Of several
runs the quickest counts, since other load on the machine can only slow a process down.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.judge_frames import fault_of
from llmprep.checking.submission_frames import own_lines
from llmprep.checking.verdicts import failing_call, judge_case
from llmprep.verdict import NOTHING, EfficiencyFigure, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from llmprep.checking.judge import Judge, SubmissionRun
    from llmprep.checking.submission_frames import CaseAnswer
    from llmprep.checking.suite import Case
    from llmprep.errors import BankError
    from llmprep.model import Efficiency
    from llmprep.verdict import CaseResult

GROUP = "efficiency"
FEWEST_ROUNDS, MOST_ROUNDS = 2, 6
MOST_MEASURING = 3
"""Times the wall-clock limit of one run after which measuring ends, once every case has its first figure."""
CLEAR_TIMES, CLEAR_EXPONENT = 2.0, 0.3
"""Distance from the limit, on either side, from which a figure is clear and need not be measured again."""
LEAST_SECONDS = 0.005
"""Least time of a run: the cost of starting a process varies by that much on a busy machine."""


class RerunFailure(NamedTuple):
    """A case that passed in the full run and failed when it was run alone."""

    case: Case
    verdict: Verdict
    findings: tuple[Finding, ...]
    answer: CaseAnswer | None = None
    """Its answer, if there was one."""


def measure_efficiency(
    judge: Judge, source: str, results: list[CaseResult], *, clock: Callable[[], float] = time.monotonic
) -> tuple[list[CaseResult], EfficiencyFigure | None]:
    """Measure a submission whose answers are right.

    Args:
        judge: the judge of an exercise with `efficiency`; forked workers make it quicker.
        source: the submission.
        results: the result of each case.
        clock: the seconds that measuring takes; once they exceed `MOST_MEASURING`, the figure so far counts.

    Returns:
        The results, with what the measurement found wrong; and the figure, unless a case that is run alone comes out
        otherwise than before.

    Raises:
        BankError: the reference does not finish within the limits, so that nothing can be measured beside it.
        EnvironmentFault: as `run_with_retry`.
    """
    end = clock() + MOST_MEASURING * judge.limits.wall_seconds
    measured = _measure(_Stopwatch(judge), source, lambda: clock() >= end)
    changed, cases = list(results), judge.suite.cases
    if isinstance(measured, RerunFailure):
        changed[measured.case.index] = _failed_alone(results[measured.case.index], measured, source)
        return changed, None
    if not measured.kept:
        facts: dict[str, object] = {"figure": measured.figure, "limit": measured.limit}
        changed[measured.case] = replace(
            results[measured.case],
            verdict=Verdict.TIME_LIMIT_EXCEEDED,
            inputs=cases[measured.case].inputs,
            expected=cases[measured.case].expected,
            findings=(Finding(f"check.efficiency_{measured.kind}", facts),),
        )
    return changed, measured


def _failed_alone(result: CaseResult, failure: RerunFailure, source: str) -> CaseResult:
    """Return a case's result with its outcome alone in place of that in the full run."""
    case, answer = failure.case, failure.answer
    return replace(
        result,
        verdict=failure.verdict,
        inputs=case.inputs,
        expected=case.expected,
        got=answer.value if answer else NOTHING,
        findings=failure.findings,
        traceback=own_lines(answer.frames, source, failing_call(failure.findings)) if answer else (),
        printed=answer.printed if answer else "",
    )


def _measure(watch: _Stopwatch, source: str, is_late: Callable[[], bool]) -> EfficiencyFigure | RerunFailure:
    """Run the reference and the submission in turn until it is clear how they compare, or it is late."""
    exercise = watch.judge.exercise
    assert exercise.efficiency is not None
    cases = [case for case in watch.judge.suite.cases if case.group == GROUP]
    for round_number in range(1, MOST_ROUNDS + 1):
        # A reference that ends early would seem quick, and any submission beside it slow.
        if not watch.loads(exercise.reference):
            raise _unmeasurable(watch.judge)
        for case in cases:
            if round_number > 1 and is_late():
                break
            if watch.run(exercise.reference, case):
                raise _unmeasurable(watch.judge)
            if failure := watch.run(source, case):
                return failure
        figure = _figure(exercise.efficiency, cases, watch, source)
        if (round_number >= FEWEST_ROUNDS and is_clear(figure)) or is_late():
            break
    return figure


def _unmeasurable(judge: Judge) -> BankError:
    message = "run alone, as a submission is, it does not come through"
    return fault_of(judge.exercise, "reference", "bank.code_failed", message=message)


def is_clear(measured: EfficiencyFigure) -> bool:
    """Return whether a figure is so far off its limit that no load of the machine could put it on the other side."""
    if measured.kind == "growth":
        return abs(measured.figure - measured.limit) >= CLEAR_EXPONENT
    return not measured.limit / CLEAR_TIMES < measured.figure < measured.limit * CLEAR_TIMES


class _Stopwatch:
    """Runs a source over one case, and keeps its quickest time."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.seconds: dict[tuple[str, int], float] = {}

    def loads(self, source: str) -> bool:
        """Time the loading of a source; return whether that succeeds."""
        return self._time(source, None).stop is None

    def run(self, source: str, case: Case) -> RerunFailure | None:
        """Time one run; return its failure, if it fails."""
        run = self._time(source, case)
        if run.stop:
            return RerunFailure(case, run.stop[0], (run.stop[1],))
        answer = run.answers.cases[0]
        verdict, findings = judge_case(case, answer)
        return None if verdict is Verdict.ACCEPTED else RerunFailure(case, verdict, findings, answer)

    def _time(self, source: str, case: Case | None) -> SubmissionRun:
        run = self.judge.time(source, case)
        key = source, case.index if case else -1
        self.seconds[key] = min(run.job.cpu_seconds, self.seconds.get(key, math.inf))
        return run

    def net(self, source: str, case: Case) -> float:
        """Return the best CPU time of a case minus the reference's load time."""
        return max(LEAST_SECONDS, self.seconds[source, case.index] - self.seconds[self.judge.exercise.reference, -1])


def _figure(efficiency: Efficiency, cases: Sequence[Case], watch: _Stopwatch, source: str) -> EfficiencyFigure:
    """Return the figure of the times so far: of ratio and growth, where both are limited, the one further off."""
    reference = watch.judge.exercise.reference
    ours = [watch.net(source, case) for case in cases]
    found = []
    if efficiency.ratio is not None:
        ratios = [one / watch.net(reference, case) for one, case in zip(ours, cases, strict=True)]
        worst = max(range(len(cases)), key=lambda place: ratios[place])
        found.append(EfficiencyFigure("ratio", ratios[worst], efficiency.ratio, cases[worst].index))
    if efficiency.growth is not None:
        exponent = _exponent(efficiency.sizes, ours)
        found.append(EfficiencyFigure("growth", exponent, efficiency.growth, cases[-1].index))
    return max(found, key=lambda measured: measured.figure / measured.limit)


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of log(time) over log(size), fitted by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(one) for one in seconds]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - x_mean) ** 2 for x in xs)
