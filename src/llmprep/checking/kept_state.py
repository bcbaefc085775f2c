"""Recognizes a failure that earlier calls bring about: alone, in a fresh process, the case comes out right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from llmprep.checking.submission_frames import hear
from llmprep.checking.verdicts import fatal_stop, judge_case
from llmprep.verdict import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.checking.suite import Case, Suite
    from llmprep.sandbox.job import Limits, Transcript
    from llmprep.verdict import CaseResult

STATE = frozenset({"check.state", "check.kept_state"})
"""Findings that put a failure down to earlier calls: its output tells of nothing else."""
RUN_AGAIN = frozenset({Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR, Verdict.MEMORY_LIMIT_EXCEEDED})
LARGEST_REPLAY = 128 << 10
"""Bytes of inputs up to which the calls before are kept with the failure, to be made again."""


def is_state(result: CaseResult) -> bool:
    """Whether a failure is put down to earlier calls."""
    return any(finding.key in STATE for finding in result.findings)


def recognize_state(
    suite: Suite, results: list[CaseResult], run_alone: Callable[[Case], Transcript], limits: Limits
) -> list[CaseResult]:
    """Run the first failing case alone, if calls came before it; if it passes, say that instead of what it came to.

    A script of calls is one case, with an instance of its own. Outputs that the exercise's `check` judges count as a
    group, and are left alone.

    Args:
        suite: the cases.
        results: how they fared.
        run_alone: runs a single case in a process of its own.
        limits: what that may take.

    Returns:
        The results; the first failure with the calls that came before it, where they are what spoils it.
    """
    place = next((at for at, result in enumerate(results) if result.verdict is not Verdict.ACCEPTED), None)
    if place is None:
        return results
    failure, case = results[place], suite.cases[results[place].index]
    before = suite.cases[: case.index]
    if is_state(failure):
        # It was right the first time and wrong when it was called once more, after all the others.
        before = suite.cases
    elif not before or case.by_properties or failure.verdict not in RUN_AGAIN or not _passes(case, run_alone, limits):
        return results
    else:
        failure = replace(failure, findings=(Finding("check.kept_state"), *failure.findings))
    return [*results[:place], replace(failure, before=_inputs(before)), *results[place + 1 :]]


def _passes(case: Case, run_alone: Callable[[Case], Transcript], limits: Limits) -> bool:
    transcript = run_alone(case)
    heard = hear(transcript, 1, ())
    if fatal_stop(heard, transcript, limits) is not None:
        return False
    return judge_case(case, heard.cases[0])[0] is Verdict.ACCEPTED


def _inputs(cases: tuple[Case, ...]) -> tuple[Any, ...]:
    """Their inputs, or none if that is more than anybody would read."""
    if sum(len(case.given) for case in cases) > LARGEST_REPLAY:
        return ()
    return tuple(case.inputs for case in cases)
