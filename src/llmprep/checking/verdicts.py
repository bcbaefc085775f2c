"""Turn a worker's answers into verdicts: pure, and the only place where verdicts are made."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Any

from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers, source_lines, with_text
from llmprep.compare import Mismatch, compare, differs
from llmprep.values import Raised, Script
from llmprep.verdict import NOTHING, UNDER_WAY, CaseResult, Finding, Verdict

if TYPE_CHECKING:
    from llmprep.checking.suite import Case, Suite
    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.limits import Limits

STEP = re.compile(r"\[(\d+)\]")
STATE_FINDING = (Finding("check.state"),)
STOPS = {
    "cpu": (Verdict.TIME_LIMIT_EXCEEDED, "check.stop_cpu"),
    "wall": (Verdict.TIME_LIMIT_EXCEEDED, "check.stop_wall"),
    "printed": (Verdict.OUTPUT_LIMIT_EXCEEDED, "check.stop_printed"),
    "answer": (Verdict.OUTPUT_LIMIT_EXCEEDED, "check.stop_answer"),
}


def grade_cases(suite: Suite, answers: SubmissionAnswers, source: str) -> list[CaseResult]:
    """Return a result per answered case; those that `check` judges count as accepted if their form is right."""
    results = []
    lines = source_lines(source) if any(answer.frames for answer in answers.cases) else []
    for case, answer in zip(suite.cases, answers.cases, strict=False):
        verdict, findings = judge_case(case, answer)
        if verdict is Verdict.ACCEPTED and case.index in answers.again and _keeps_state(case, answers):
            verdict, findings = Verdict.WRONG_ANSWER, STATE_FINDING
        failed = verdict is not Verdict.ACCEPTED
        results.append(
            CaseResult(
                index=case.index,
                group=case.group,
                verdict=verdict,
                inputs=case.inputs if failed else None,
                expected=case.expected if failed else None,
                got=answer.value if findings[:1] != STATE_FINDING else answers.again[case.index],
                findings=findings,
                traceback=with_text(answer.frames, lines, failing_call(findings)) if failed else (),
                printed=answer.printed,
            )
        )
    return results


def judge_case(case: Case, answer: CaseAnswer) -> tuple[Verdict, tuple[Finding, ...]]:
    """Compare one answer with what is expected."""
    mismatches = (
        []
        if case.by_properties and case.free_form
        else compare(answer.value, case.expected, case.tolerance, values=not case.by_properties)
    )
    if case.by_properties and isinstance(answer.value, Raised):
        mismatches = [Mismatch("", "raised", {"got": answer.value.names[0], "message": answer.value.message})]
    raised = [raised for raised in _raised_in(answer.value) if mismatches]
    inputs = case.inputs if mismatches else None
    findings = tuple(Finding(f"check.{one.kind}", {**located(inputs, one.path), **one.facts}) for one in mismatches)
    if any("MemoryError" in one.names for one in raised):
        return Verdict.MEMORY_LIMIT_EXCEEDED, (Finding("check.memory"),)
    if mismatches and mismatches[0].kind == "raised":
        return Verdict.RUNTIME_ERROR, findings
    if answer.changed:
        findings = (Finding("check.changed_input", {"names": answer.changed}), *findings)
    elif answer.shares:
        findings = (Finding("check.shares_memory"), *findings)
    return (Verdict.WRONG_ANSWER if findings else Verdict.ACCEPTED), findings


def located(inputs: Any, path: str) -> dict[str, object]:
    """Return where something is, as facts of a finding: a path, and for a class the call of its script.

    Args:
        inputs: the case's inputs.
        path: a place in the output; a script has a list of outputs, one for each call.
    """
    found = STEP.match(path) if isinstance(inputs, Script) else None
    if found is None or int(found[1]) >= len(inputs.calls):
        return {"path": path}
    step = int(found[1])
    return {"path": path[found.end() :], "call": inputs.calls[step].name, "number": step + 1}


def failing_call(findings: tuple[Finding, ...]) -> tuple[str, int] | None:
    """Return the name and number of the first call of a script that raised what it should not have."""
    raised = (finding.facts for finding in findings if finding.key == "check.raised" and "call" in finding.facts)
    return next(((facts["call"], facts["number"]) for facts in raised), None)


def _raised_in(value: Any) -> list[Raised]:
    found = value if type(value) is list else [value]
    return [one for one in found if isinstance(one, Raised)]


def _keeps_state(case: Case, answers: SubmissionAnswers) -> bool:
    """Return whether the same inputs, given once more at the end, had another outcome."""
    if case.by_properties:
        return False
    return differs(answers.again[case.index], case.expected, case.tolerance)


def fatal_stop(answers: SubmissionAnswers, job_result: JobResult, limits: Limits) -> tuple[Verdict, Finding] | None:
    """Return what ended the submission before all its answers were in; None if nothing did."""
    if answers.invalid is not None:
        return Verdict.INVALID_SUBMISSION, answers.invalid
    if answers.raised is not None:
        raised = answers.raised[0]
        if "MemoryError" in raised.names:
            return Verdict.MEMORY_LIMIT_EXCEEDED, Finding("check.memory")
        return Verdict.RUNTIME_ERROR, Finding(
            "check.raised_at_import", {"got": raised.names[0], "message": raised.message}
        )
    if answers.too_large:
        return Verdict.OUTPUT_LIMIT_EXCEEDED, Finding("check.stop_answer", {"limit": limits.answer_bytes >> 20})
    if job_result.stop in STOPS:
        verdict, key = STOPS[job_result.stop]
        limit: dict[str, dict[str, object]] = {
            "cpu": {"limit": limits.cpu_seconds},
            "wall": {"limit": limits.wall_seconds},
            "printed": {"limit": limits.printed_bytes >> 10},
            "answer": {"limit": limits.answer_bytes >> 20},
        }
        return verdict, Finding(key, limit[job_result.stop])
    if not answers.well_formed:
        return Verdict.RUNTIME_ERROR, Finding("check.malformed")
    if job_result.stop != "finished" or not answers.complete:
        if job_result.signal and job_result.signal != signal.SIGKILL:
            return Verdict.RUNTIME_ERROR, Finding("check.died", {"signal": signal_name(job_result.signal)})
        return Verdict.RUNTIME_ERROR, Finding("check.ended_early")
    return None


def running_case(suite: Suite, answers: SubmissionAnswers, stop: tuple[Verdict, Finding] | None) -> CaseResult | None:
    """Return the case that was running when a submission was stopped; None while it was being loaded."""
    answered = len(answers.cases)
    if stop is None or not answers.well_formed or not answers.loaded or answered >= len(suite.cases):
        return None
    case = suite.cases[answered]
    return CaseResult(
        index=case.index,
        group=case.group,
        verdict=stop[0],
        inputs=case.inputs,
        expected=case.expected,
        got=NOTHING,
        findings=UNDER_WAY,
        printed=answers.printed,
    )


def stopped_loading(answers: SubmissionAnswers, stop: tuple[Verdict, Finding] | None) -> bool:
    """Return whether a submission was stopped while it was loading, by its own process's account."""
    told = answers.invalid is not None or answers.raised is not None
    return stop is not None and answers.well_formed and not told and not answers.loaded and not answers.cases


def signal_name(number: int) -> str:
    """Return a signal's name; Python names only the first and the last of the real-time signals."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}"


def overall(results: list[CaseResult], stop: tuple[Verdict, Finding] | None) -> Verdict:
    """Return the verdict of the first case that was not accepted; a fatal stop comes after the cases before it."""
    for result in results:
        if result.verdict is not Verdict.ACCEPTED:
            return result.verdict
    if stop:
        return stop[0]
    # No case, no verdict on the submission: the fault is the suite's.
    return Verdict.ACCEPTED if results else Verdict.JUDGE_ERROR
