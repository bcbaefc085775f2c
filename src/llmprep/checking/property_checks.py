"""Have an exercise's own `check` judge outputs by their properties, where more than one answer is right.

The check is bank code that handles a submission's outputs, so it runs in a judge worker, and the frames of that worker
are validated in turn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from llmprep.checking.judge import PROPERTY_LIMITS
from llmprep.checking.judge_frames import forged_frames, raise_if_broken
from llmprep.checking.submission_frames import CaseAnswer
from llmprep.checking.verdicts import judge_case
from llmprep.sandbox.codec import encode
from llmprep.verdict import CaseResult, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from llmprep.checking.judge import Judge
    from llmprep.checking.suite import Case, MistakeOutcome
    from llmprep.sandbox.job_result import JobResult

MOST_PROPERTY_PROBLEMS = 3
"""Problems reported per case: a submission's outputs decide how many a check finds."""
LONGEST_PROBLEM = 500
"""Characters of a problem, which may quote a submission's outputs."""


def judge_properties(judge: Judge, answers: Sequence[CaseAnswer], results: list[CaseResult]) -> list[CaseResult]:
    """Have the exercise's `check` judge its groups, as far as all their cases have the right form.

    Args:
        judge: whose exercise it is.
        answers: what the submission answered.
        results: the result of each answered case so far.

    Raises:
        BankError: the `check` fails on right answers too.
        EnvironmentFault: as `run_with_retry`; the judge's allowance is spent, for one.
    """
    exercise, cases = judge.exercise, judge.suite.cases
    complete = _complete_groups(cases, results)
    if not complete:
        return results

    def ask(values: Mapping[int, Any]) -> JobResult:
        groups = {
            group: (
                [cases[index].given for index in members],
                # In bytes, which the judge decodes once it is confined: not all of them may be decodable.
                [encode(values[index]) for index in members],
                [cases[index].expected for index in members],
            )
            for group, members in complete.items()
        }
        job = {"kind": "properties", "helpers": exercise.helpers, "check": exercise.check, "groups": groups}
        return judge.run_job(job, PROPERTY_LIMITS)

    job_result = ask({index: answer.value for index, answer in enumerate(answers)})
    if message := _what_broke(job_result):
        # A check may fail on what no right submission answers. It is broken if it fails on right answers too.
        right = ask({case.index: case.expected for case in cases})
        raise_if_broken(right, exercise, PROPERTY_LIMITS, field="check")
        return [_unjudged(result, cases[result.index], message) for result in results]
    judged = list(results)
    for frame in job_result.frames:
        kinds = [type(part) for part in frame]
        if kinds != [str, str, int, str, str, str] or frame[0] != "problem" or frame[1] not in complete:
            raise forged_frames(exercise)
        _, group, place, english, chinese, mistake = frame
        index = complete[group][min(max(place, 0), len(complete[group]) - 1)]
        if judged[index] is not results[index] and len(judged[index].findings) >= MOST_PROPERTY_PROBLEMS:
            continue
        case = cases[index]
        english, chinese = english[:LONGEST_PROBLEM], chinese[:LONGEST_PROBLEM]
        finding = Finding("check.property", {"en": english, "zh": chinese, "mistake": mistake})
        judged[index] = replace(
            judged[index],
            verdict=Verdict.WRONG_ANSWER,
            inputs=case.inputs,
            findings=(*judged[index].findings, finding),
        )
    return judged


def _complete_groups(cases: Sequence[Case], results: Sequence[CaseResult]) -> dict[str, list[int]]:
    """Return the groups that `check` judges all of whose cases have the right form, with the indices of their cases."""
    groups: dict[str, list[int]] = {}
    for case in cases:
        if case.by_properties:
            groups.setdefault(case.group, []).append(case.index)
    return {
        group: members
        for group, members in groups.items()
        if all(index < len(results) and results[index].verdict is Verdict.ACCEPTED for index in members)
    }


def failed_groups(judge: Judge, outcomes: Sequence[MistakeOutcome]) -> frozenset[str]:
    """Return the groups in which `check` refuses a mistake's outcomes, or whose form is wrong already."""
    cases = judge.suite.cases
    answers = [CaseAnswer(one.value, one.changed, one.shares, (), "", 0.0) for one in outcomes]
    formal = [(case, *judge_case(case, answers[case.index])) for case in cases]
    results = [CaseResult(case.index, case.group, verdict, findings=found) for case, verdict, found in formal]
    judged = judge_properties(judge, answers, results)
    failing = [one for one in judged if one.verdict is not Verdict.ACCEPTED and cases[one.index].by_properties]
    return frozenset(one.group for one in failing)


def _what_broke(job_result: JobResult) -> str:
    """Return what kept a judge worker from its verdict, or "" if nothing did."""
    for frame in job_result.frames:
        if frame[0] == "broken":
            return str(frame[-1])
    return "" if job_result.stop == "finished" else job_result.stop


def _unjudged(result: CaseResult, case: Case, message: str) -> CaseResult:
    """Return the result of a case whose outputs the exercise's check cannot process."""
    if result.verdict is not Verdict.ACCEPTED or not case.by_properties:
        return result
    finding = Finding("check.unjudged", {"message": message})
    return replace(
        result, verdict=Verdict.WRONG_ANSWER, inputs=case.inputs, expected=case.expected, findings=(finding,)
    )
