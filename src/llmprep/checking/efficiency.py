"""Holds a submission to the pace that its exercise asks for, in CPU time beside the reference's own.

Each case of the group `efficiency` runs in a process of its own, the reference's and the submission's in turn, and the
kernel says what each process used: loading the submission counts, and nothing it measures or remembers does. Of
several turns the quickest counts, since what else the machine does can only slow a process down.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.conversing import converse_twice
from llmprep.checking.submission_frames import hear, own_lines
from llmprep.checking.verdicts import failing_call, fatal_stop, judge_case
from llmprep.errors import BankError, Problem
from llmprep.verdict import NOTHING, Finding, Pace, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from llmprep.checking.conversing import Allowance
    from llmprep.checking.submission_frames import Heard, HeardCase
    from llmprep.checking.suite import Case, Suite
    from llmprep.model import Efficiency, Exercise
    from llmprep.sandbox.job import Limits
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker
    from llmprep.verdict import CaseResult

GROUP = "efficiency"
FEWEST_ROUNDS, MOST_ROUNDS = 2, 6
PATIENCE = 3
"""Times the wall-clock limit of one run after which no more is measured, once every case has its first figure."""
CLEAR_TIMES, CLEAR_EXPONENT = 2.0, 0.3
"""How far off its limit, on either side, a figure is clear: it need not be measured again."""
LEAST_SECONDS = 0.005
"""What a run takes at least: what starting a process costs differs by that much on a busy machine."""


class Stumble(NamedTuple):
    """A case that came out otherwise when it was run alone."""

    case: Case
    verdict: Verdict
    findings: tuple[Finding, ...]
    said: HeardCase | None = None
    """What was answered, if anything was."""


def hold_to_pace(
    exercise: Exercise,
    suite: Suite,
    source: str,
    results: list[CaseResult],
    *,
    bank_file: Path,
    worker: Callable[[], Worker],
    limits: Limits,
    acceptable: Required,
    allowance: Allowance | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[list[CaseResult], Pace | None]:
    """Measure a submission whose answers are right.

    Args:
        exercise: one with `efficiency`.
        suite: its cases.
        source: the submission.
        results: what its answers came to.
        bank_file: the exercise's YAML file, named if the reference fails.
        worker: starts a worker, a warm one for choice.
        limits: what one run may take.
        acceptable: the layers that must be in force.
        allowance: the wall time that is left for the submission.
        clock: tells the seconds that the measurement takes; past its patience the figure so far counts.

    Returns:
        The results, with what the measurement found wrong; and how quick it is, unless a case that is run alone comes
        out otherwise than before.

    Raises:
        BankError: the reference does not come through within the limits, so that nothing can be measured beside it.
        EnvironmentFault: as `converse_twice`.
    """
    assert exercise.efficiency is not None
    watch = _Stopwatch(exercise, worker, limits, acceptable, allowance)
    end = clock() + PATIENCE * limits.wall_seconds
    measured = _measure(exercise, exercise.efficiency, suite, source, bank_file, watch, lambda: clock() >= end)
    changed = list(results)
    if isinstance(measured, Stumble):
        changed[measured.case.index] = _stumbled(results[measured.case.index], measured, source)
        return changed, None
    if not measured.kept:
        facts: dict[str, object] = {"figure": measured.figure, "limit": measured.limit}
        finding = Finding(f"check.pace_{measured.kind}", facts)
        changed[measured.case] = replace(
            results[measured.case],
            verdict=Verdict.TIME_LIMIT_EXCEEDED,
            inputs=suite.cases[measured.case].inputs,
            expected=suite.cases[measured.case].expected,
            findings=(finding,),
        )
    return changed, measured


def _stumbled(result: CaseResult, stumble: Stumble, source: str) -> CaseResult:
    """What is told of a case that came out otherwise: what it came to alone, not in company."""
    case, said = stumble.case, stumble.said
    return replace(
        result,
        verdict=stumble.verdict,
        inputs=case.inputs,
        expected=case.expected,
        got=said.value if said else NOTHING,
        findings=stumble.findings,
        traceback=own_lines(said.frames, source, failing_call(stumble.findings)) if said else (),
        printed=said.printed if said else "",
    )


def _measure(
    exercise: Exercise,
    efficiency: Efficiency,
    suite: Suite,
    source: str,
    bank_file: Path,
    watch: _Stopwatch,
    is_late: Callable[[], bool],
) -> Pace | Stumble:
    """Run the reference and the submission in turn until it is clear how they compare, or it is late."""
    cases = [case for case in suite.cases if case.group == GROUP]
    for round_number in range(1, MOST_ROUNDS + 1):
        # A reference that ends early seems quick, and whoever is measured beside it slow.
        if not watch.loads(exercise.reference):
            raise BankError([_unmeasurable(exercise, bank_file)])
        for case in cases:
            if round_number > 1 and is_late():
                break
            if watch.run(exercise.reference, case):
                raise BankError([_unmeasurable(exercise, bank_file)])
            if stumble := watch.run(source, case):
                return stumble
        pace = _pace(efficiency, cases, watch, exercise.reference, source)
        if (round_number >= FEWEST_ROUNDS and is_clear(pace)) or is_late():
            break
    return pace


def _unmeasurable(exercise: Exercise, bank_file: Path) -> Problem:
    line = exercise.where.get("reference", 1)
    facts: dict[str, object] = {"message": "run alone, as a submission is, it does not come through"}
    return Problem(str(bank_file), line, "reference", "bank.code_failed", facts)


def is_clear(pace: Pace) -> bool:
    """Whether a pace is so far off its limit that no load of the machine could put it on the other side."""
    if pace.kind == "growth":
        return abs(pace.figure - pace.limit) >= CLEAR_EXPONENT
    return not pace.limit / CLEAR_TIMES < pace.figure < pace.limit * CLEAR_TIMES


class _Stopwatch:
    """Runs a source over one case, and keeps its quickest time."""

    def __init__(
        self,
        exercise: Exercise,
        worker: Callable[[], Worker],
        limits: Limits,
        acceptable: Required,
        allowance: Allowance | None,
    ) -> None:
        self.exercise, self.worker, self.limits = exercise, worker, limits
        self.acceptable, self.allowance = acceptable, allowance
        self.seconds: dict[tuple[str, int], float] = {}

    def loads(self, source: str) -> bool:
        """Time what it takes to load a source; whether that goes well."""
        return self._time(source, None)[1] is None

    def run(self, source: str, case: Case) -> Stumble | None:
        """Time one run; what the source stumbles over, if it does."""
        heard, stop = self._time(source, case)
        if stop:
            return Stumble(case, stop[0], (stop[1],))
        verdict, findings = judge_case(case, heard.cases[0])
        return None if verdict is Verdict.ACCEPTED else Stumble(case, verdict, findings, heard.cases[0])

    def _time(self, source: str, case: Case | None) -> tuple[Heard, tuple[Verdict, Finding] | None]:
        job = {
            "kind": "submission",
            "source": source,
            "helpers": self.exercise.helpers,
            "entry": self.exercise.entry,
            "inputs": [case.given] if case else [],
            "again": [],
        }
        transcript = converse_twice(self.worker, job, self.limits, self.acceptable, self.allowance)
        heard = hear(transcript, len(job["inputs"]), ())
        key = source, case.index if case else -1
        self.seconds[key] = min(transcript.cpu_seconds, self.seconds.get(key, math.inf))
        return heard, fatal_stop(heard, transcript, self.limits)

    def net(self, source: str, case: Case, loading: str) -> float:
        """The quickest time of a case less that of loading the reference, which is no work of the exercise's."""
        return max(LEAST_SECONDS, self.seconds[source, case.index] - self.seconds[loading, -1])


def _pace(efficiency: Efficiency, cases: Sequence[Case], watch: _Stopwatch, reference: str, source: str) -> Pace:
    """What the times so far come to: of ratio and growth, where both are asked for, the one further off."""
    ours = [watch.net(source, case, reference) for case in cases]
    found = []
    if efficiency.ratio is not None:
        ratios = [one / watch.net(reference, case, reference) for one, case in zip(ours, cases, strict=True)]
        worst = max(range(len(cases)), key=lambda place: ratios[place])
        found.append(Pace("ratio", ratios[worst], efficiency.ratio, cases[worst].index))
    if efficiency.growth is not None:
        found.append(Pace("growth", _exponent(efficiency.sizes, ours), efficiency.growth, cases[-1].index))
    return max(found, key=lambda pace: pace.figure / pace.limit)


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the logarithm of the time over that of the size, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(one) for one in seconds]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - x_mean) ** 2 for x in xs)
