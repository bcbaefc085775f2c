"""From what the worker said to a verdict: pure, and the only place where verdicts are made."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Any

from llmprep.checking.submission_frames import Heard, HeardCase, source_lines, with_text
from llmprep.compare import Mismatch, compare, differs
from llmprep.values import Raised, Script
from llmprep.verdict import NOTHING, CaseResult, Finding, Verdict

if TYPE_CHECKING:
    from llmprep.checking.suite import Case, Suite
    from llmprep.sandbox.job import Limits, Transcript

STEP = re.compile(r"\[(\d+)\]")
STATE = (Finding("check.state"),)
STOPS = {
    "cpu": (Verdict.TIME_LIMIT_EXCEEDED, "check.stop_cpu"),
    "wall": (Verdict.TIME_LIMIT_EXCEEDED, "check.stop_wall"),
    "printed": (Verdict.OUTPUT_LIMIT_EXCEEDED, "check.stop_printed"),
    "answer": (Verdict.OUTPUT_LIMIT_EXCEEDED, "check.stop_answer"),
}


def grade_cases(suite: Suite, heard: Heard, source: str) -> list[CaseResult]:
    """A result for each case that was answered; those that `check` judges count as accepted if their form is right."""
    results = []
    lines = source_lines(source) if any(said.frames for said in heard.cases) else []
    for case, said in zip(suite.cases, heard.cases, strict=False):
        verdict, findings = judge_case(case, said)
        if verdict is Verdict.ACCEPTED and case.index in heard.again and _keeps_state(case, heard):
            verdict, findings = Verdict.WRONG_ANSWER, STATE
        failed = verdict is not Verdict.ACCEPTED
        results.append(
            CaseResult(
                index=case.index,
                group=case.group,
                verdict=verdict,
                inputs=case.inputs if failed else None,
                expected=case.expected if failed else None,
                got=said.value if findings[:1] != STATE else heard.again[case.index],
                findings=findings,
                traceback=with_text(said.frames, lines, failing_call(findings)) if failed else (),
                printed=said.printed,
            )
        )
    return results


def judge_case(case: Case, said: HeardCase) -> tuple[Verdict, tuple[Finding, ...]]:
    """Hold one answer against what is expected."""
    mismatches = (
        []
        if case.by_properties and case.free_form
        else compare(said.value, case.expected, case.tolerance, values=not case.by_properties)
    )
    if case.by_properties and isinstance(said.value, Raised):
        mismatches = [Mismatch("", "raised", {"got": said.value.names[0], "message": said.value.message})]
    raised = [raised for raised in _raised_in(said.value) if mismatches]
    inputs = case.inputs if mismatches else None
    findings = tuple(Finding(f"check.{one.kind}", {**located(inputs, one.path), **one.facts}) for one in mismatches)
    if any("MemoryError" in one.names for one in raised):
        return Verdict.MEMORY_LIMIT_EXCEEDED, (Finding("check.memory"),)
    if mismatches and mismatches[0].kind == "raised":
        return Verdict.RUNTIME_ERROR, findings
    if said.changed:
        findings = (Finding("check.changed_input", {"names": said.changed}), *findings)
    elif said.shares:
        findings = (Finding("check.shares_memory"), *findings)
    return (Verdict.WRONG_ANSWER if findings else Verdict.ACCEPTED), findings


def located(inputs: Any, path: str) -> dict[str, object]:
    """Where something is, as facts of a finding: a path, and for a class the call of its script that came to it.

    Args:
        inputs: the case's inputs.
        path: where in what it came to; a script comes to a list, an output for each call.
    """
    found = STEP.match(path) if isinstance(inputs, Script) else None
    if found is None or int(found[1]) >= len(inputs.calls):
        return {"path": path}
    step = int(found[1])
    return {"path": path[found.end() :], "call": inputs.calls[step].name, "number": step + 1}


def failing_call(findings: tuple[Finding, ...]) -> tuple[str, int] | None:
    """The first call of a script that should not have raised what it did, by its name and its number."""
    raised = (finding.facts for finding in findings if finding.key == "check.raised" and "call" in finding.facts)
    return next(((facts["call"], facts["number"]) for facts in raised), None)


def _raised_in(value: Any) -> list[Raised]:
    found = value if type(value) is list else [value]
    return [one for one in found if isinstance(one, Raised)]


def _keeps_state(case: Case, heard: Heard) -> bool:
    """Whether the same inputs, given once more at the end, came to something else."""
    if case.by_properties:
        return False
    return differs(heard.again[case.index], case.expected, case.tolerance)


def fatal_stop(heard: Heard, transcript: Transcript, limits: Limits) -> tuple[Verdict, Finding] | None:
    """What ended the submission before all its answers were in, if anything did."""
    if heard.invalid is not None:
        return Verdict.INVALID_SUBMISSION, heard.invalid
    if heard.raised is not None:
        raised = heard.raised[0]
        if "MemoryError" in raised.names:
            return Verdict.MEMORY_LIMIT_EXCEEDED, Finding("check.memory")
        return Verdict.RUNTIME_ERROR, Finding(
            "check.raised_at_import", {"got": raised.names[0], "message": raised.message}
        )
    if heard.too_large:
        return Verdict.OUTPUT_LIMIT_EXCEEDED, Finding("check.stop_answer", {"limit": limits.answer_bytes >> 20})
    if transcript.stop in STOPS:
        verdict, key = STOPS[transcript.stop]
        limit: dict[str, dict[str, object]] = {
            "cpu": {"limit": limits.cpu_seconds},
            "wall": {"limit": limits.wall_seconds},
            "printed": {"limit": limits.printed_bytes >> 10},
            "answer": {"limit": limits.answer_bytes >> 20},
        }
        return verdict, Finding(key, limit[transcript.stop])
    if not heard.well_formed:
        return Verdict.RUNTIME_ERROR, Finding("check.malformed")
    if transcript.stop != "finished" or not heard.complete:
        if transcript.signal and transcript.signal != signal.SIGKILL:
            return Verdict.RUNTIME_ERROR, Finding("check.died", {"signal": signal_name(transcript.signal)})
        return Verdict.RUNTIME_ERROR, Finding("check.ended_early")
    return None


def under_way(suite: Suite, heard: Heard, stop: tuple[Verdict, Finding] | None) -> CaseResult | None:
    """The case that was running when a submission was stopped, with its inputs; none while it was loaded."""
    answered = len(heard.cases)
    if stop is None or not heard.well_formed or not heard.loaded or answered >= len(suite.cases):
        return None
    case = suite.cases[answered]
    return CaseResult(
        index=case.index,
        group=case.group,
        verdict=stop[0],
        inputs=case.inputs,
        expected=case.expected,
        got=NOTHING,
        findings=(Finding("check.under_way"),),
        printed=heard.printed,
    )


def stopped_loading(heard: Heard, stop: tuple[Verdict, Finding] | None) -> bool:
    """Whether a submission was stopped before it was loaded, by its own process's word."""
    told = heard.invalid is not None or heard.raised is not None
    return stop is not None and heard.well_formed and not told and not heard.loaded and not heard.cases


def signal_name(number: int) -> str:
    """A signal's name; Python names only the first and the last of the real-time signals."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}"


def overall(results: list[CaseResult], stop: tuple[Verdict, Finding] | None) -> Verdict:
    """The verdict of the first case that was not accepted; a fatal stop comes after the cases before it."""
    for result in results:
        if result.verdict is not Verdict.ACCEPTED:
            return result.verdict
    if stop:
        return stop[0]
    # No case, no verdict on the submission: the fault is the suite's.
    return Verdict.ACCEPTED if results else Verdict.JUDGE_ERROR
