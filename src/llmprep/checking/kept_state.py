"""Recognize a failure caused by earlier calls: alone, in a fresh process, the case passes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from llmprep.checking.verdicts import judge_case
from llmprep.verdict import Finding, Verdict

if TYPE_CHECKING:
    from llmprep.checking.judge import Judge
    from llmprep.checking.suite import Case
    from llmprep.verdict import CaseResult

STATE_FINDINGS = frozenset({"check.state", "check.kept_state"})
"""Findings that blame a failure on earlier calls; its output needs no other explanation."""
RUN_AGAIN = frozenset({Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR, Verdict.MEMORY_LIMIT_EXCEEDED})
LARGEST_REPLAY = 128 << 10
"""Bytes of inputs up to which the calls before are kept with the failure, to be made again."""


def is_state(result: CaseResult) -> bool:
    """Return whether a failure is attributed to earlier calls."""
    return any(finding.key in STATE_FINDINGS for finding in result.findings)


def recognize_state(judge: Judge, source: str, results: list[CaseResult]) -> list[CaseResult]:
    """Run the first failing case alone, if calls came before it; if it passes, report that instead of its output.

    A script of calls is one case, with an instance of its own. Outputs that the exercise's `check` judges count as a
    group, and are left alone.

    Args:
        judge: runs the submission.
        source: the submission.
        results: the result of each case.

    Returns:
        The results; the first failure with the calls that came before it, where they are its cause.
    """
    place = next((at for at, result in enumerate(results) if result.verdict is not Verdict.ACCEPTED), None)
    if place is None:
        return results
    cases, failure = judge.suite.cases, results[place]
    case = cases[failure.index]
    before = cases[: case.index]
    if is_state(failure):
        # It was right the first time and wrong when it was called once more, after all the others.
        before = cases
    elif not before or case.by_properties or failure.verdict not in RUN_AGAIN or not _passes(judge, source, case):
        return results
    else:
        failure = replace(failure, findings=(Finding("check.kept_state"), *failure.findings))
    return [*results[:place], replace(failure, before=_inputs(before)), *results[place + 1 :]]


def _passes(judge: Judge, source: str, case: Case) -> bool:
    run = judge.run(source, only=case)
    return run.stop is None and judge_case(case, run.answers.cases[0])[0] is Verdict.ACCEPTED


def _inputs(cases: tuple[Case, ...]) -> tuple[Any, ...]:
    """Return the inputs of cases, or none if they are too large to keep."""
    if sum(len(case.given) for case in cases) > LARGEST_REPLAY:
        return ()
    return tuple(case.inputs for case in cases)
