"""Has an exercise's own `check` judge outputs by their properties, where there is more than one right answer.

That is bank code at work on what a submission said, so it runs in a judge worker, and what it says is held in turn
against what a check may say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from llmprep.checking.conversing import converse_twice
from llmprep.checking.judge_frames import interfered, raise_if_broken
from llmprep.checking.submission_frames import Heard, HeardCase
from llmprep.checking.verdicts import judge_case
from llmprep.sandbox.job import Limits
from llmprep.verdict import CaseResult, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from llmprep.checking.conversing import Allowance
    from llmprep.checking.suite import Case, MistakeOutcome, Suite
    from llmprep.model import Exercise
    from llmprep.sandbox.job import Transcript
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker

PROPERTY_LIMITS = Limits(cpu_seconds=10, wall_seconds=20, answer_bytes=16 << 20)
"""For a check of a submission's outputs, which may be made to keep it busy."""
MOST_PROBLEMS = 3
"""Problems that are told of one case: a submission's outputs decide how many a check finds."""
LONGEST_PROBLEM = 500
"""Characters of a problem, which may quote a submission's outputs."""


def judge_properties(
    exercise: Exercise,
    suite: Suite,
    heard: Heard,
    results: list[CaseResult],
    bank_file: Path,
    worker: Callable[[], Worker],
    acceptable: Required,
    allowance: Allowance | None = None,
) -> list[CaseResult]:
    """Have the exercise's `check` judge the groups that it is there for, where all their cases have the right form.

    Raises:
        BankError: the `check` fails on right answers too.
        EnvironmentFault: as `converse_twice`; `allowance` is spent, for one.
    """
    groups: dict[str, list[int]] = {}
    for case in suite.cases:
        if case.by_properties:
            groups.setdefault(case.group, []).append(case.index)
    complete = {
        group: members
        for group, members in groups.items()
        if all(index < len(results) and results[index].verdict is Verdict.ACCEPTED for index in members)
    }
    if not complete:
        return results

    def ask(answers: Mapping[int, Any]) -> Transcript:
        groups = {
            group: (
                [suite.cases[index].given for index in members],
                [answers[index] for index in members],
                [suite.cases[index].expected for index in members],
            )
            for group, members in complete.items()
        }
        job = {"kind": "properties", "helpers": exercise.helpers, "check": exercise.check, "groups": groups}
        return converse_twice(worker, job, PROPERTY_LIMITS, acceptable, allowance)

    transcript = ask({index: case.value for index, case in enumerate(heard.cases)})
    if message := _what_broke(transcript):
        # A check may fail on what no right submission answers. It is broken if it fails on right answers too.
        raise_if_broken(ask({case.index: case.expected for case in suite.cases}), exercise, bank_file)
        return [_unjudged(result, suite.cases[result.index], message) for result in results]
    judged = list(results)
    for frame in transcript.frames:
        kinds = [type(part) for part in frame]
        if kinds != [str, str, int, str, str, str] or frame[0] != "problem" or frame[1] not in complete:
            raise interfered(bank_file)
        _, group, place, english, chinese, mistake = frame
        index = complete[group][min(max(place, 0), len(complete[group]) - 1)]
        if judged[index] is not results[index] and len(judged[index].findings) >= MOST_PROBLEMS:
            continue
        case = suite.cases[index]
        english, chinese = english[:LONGEST_PROBLEM], chinese[:LONGEST_PROBLEM]
        finding = Finding("check.property", {"en": english, "zh": chinese, "mistake": mistake})
        judged[index] = replace(
            judged[index],
            verdict=Verdict.WRONG_ANSWER,
            inputs=case.inputs,
            findings=(*judged[index].findings, finding),
        )
    return judged


def failed_groups(
    exercise: Exercise,
    suite: Suite,
    outcomes: Sequence[MistakeOutcome],
    bank_file: Path,
    worker: Callable[[], Worker],
    acceptable: Required,
    allowance: Allowance | None = None,
) -> frozenset[str]:
    """The groups that `check` refuses what a mistake answers to; those whose form is wrong too."""
    said = [HeardCase(one.value, one.changed, one.shares, (), "", 0.0) for one in outcomes]
    cases = [(case, *judge_case(case, said[case.index])) for case in suite.cases]
    results = [CaseResult(case.index, case.group, verdict, findings=found) for case, verdict, found in cases]
    judged = judge_properties(exercise, suite, Heard(cases=said), results, bank_file, worker, acceptable, allowance)
    failing = [one for one in judged if one.verdict is not Verdict.ACCEPTED and suite.cases[one.index].by_properties]
    return frozenset(one.group for one in failing)


def _what_broke(transcript: Transcript) -> str:
    """What kept a judge worker from its verdict, or "" if nothing did."""
    for frame in transcript.frames:
        if frame[0] == "broken":
            return str(frame[-1])
    return "" if transcript.stop == "finished" else transcript.stop


def _unjudged(result: CaseResult, case: Case, message: str) -> CaseResult:
    """A result, with what it means that the exercise's check cannot make sense of the outputs that it judges."""
    if result.verdict is not Verdict.ACCEPTED or not case.by_properties:
        return result
    finding = Finding("check.unjudged", {"message": message})
    return replace(
        result, verdict=Verdict.WRONG_ANSWER, inputs=case.inputs, expected=case.expected, findings=(finding,)
    )
