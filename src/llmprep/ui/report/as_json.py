"""A report as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.checking.submission_file import is_notebook
from llmprep.messages.say import escape
from llmprep.ui.report.failure import SHOWN_PRINTED
from llmprep.ui.report.findings import call_words, words
from llmprep.ui.report.next_steps import explanation_of, next_json
from llmprep.ui.report.values import show_both, show_call
from llmprep.verdict import NOTHING

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language
    from llmprep.ui.report.next_steps import Checked
    from llmprep.verdict import CaseResult, EfficiencyFigure, Frame, Report


def report_json(
    report: Report, exercise: Exercise | None, language: Language, checked: Checked, *, longest: int | None = None
) -> dict[str, Any]:
    """A report as data; its form is in the README and changes only with `version`.

    Args:
        report: the report.
        exercise: what was checked; None if it could not be told.
        language: of words.
        checked: the submission's name, and what to go on with.
        longest: bytes beyond which a snippet is left out.
    """
    failure = report.first_failure
    hint = ""
    if exercise is not None and report.mistake:
        hint = next(m.hint for m in exercise.mistakes if m.id == report.mistake).in_language(language)
    return {
        "version": 1,
        "kind": "report",
        "exercise": report.exercise,
        "verdict": report.verdict.value,
        "accepted": report.accepted,
        "score": round(report.score, 4),
        "passed": report.passed,
        "total": report.total,
        "groups": {name: {"passed": n, "total": of} for name, (n, of) in report.groups.items()},
        "findings": [_finding_json(finding, exercise, language) for finding in report.findings],
        "traceback": [_frame_json(frame, language) for frame in report.traceback],
        "printed": escape(report.printed[:SHOWN_PRINTED]),
        "first_failure": None if failure is None else _case_json(failure, exercise, language, checked.file, longest),
        "mistake": {"id": report.mistake, "hint": hint} if report.mistake else None,
        "explanation": explanation_of(report, exercise, language, checked),
        "next": next_json(checked),
        "cpu_seconds": round(report.cpu_seconds, 4),
        "own_seconds": round(report.own_seconds, 6),
        "reference_seconds": round(report.reference_seconds, 6),
        "efficiency": None if report.efficiency is None else _efficiency_json(report.efficiency),
        "layers": list(report.layers),
        "missing_layers": list(report.missing_layers),
        "tried": list(report.tried),
        "seed": report.seed,
        "digest": report.digest,
    }


def _efficiency_json(measured: EfficiencyFigure) -> dict[str, Any]:
    return {"kind": measured.kind, "figure": round(measured.figure, 3), "limit": measured.limit}


def _finding_json(finding: Any, exercise: Exercise | None, language: Language) -> dict[str, str]:
    return {"key": finding.key.removeprefix("check."), "message": escape(words(finding, exercise, language))}


def _frame_json(frame: Frame, language: Language) -> dict[str, Any]:
    """A line of a traceback as data: of a notebook with its cell, of a class's script with the call it belongs to."""
    cell = {"cell": frame.cell} if frame.cell else {}
    call = {"call": call_words(frame.call[0], frame.call[1], language)} if frame.call else {}
    return {**cell, "line": frame.line, "function": escape(frame.function), "text": escape(frame.text), **call}


def _case_json(
    case: CaseResult, exercise: Exercise | None, language: Language, file: str, longest: int | None
) -> dict[str, Any]:
    from llmprep.ui.report.snippet import snippet

    # Plain Python cannot run a notebook.
    source = snippet(exercise, case, file, language) if exercise and not is_notebook(file) else None
    if source is not None and longest is not None and len(source.encode(errors="replace")) > longest:
        source = None
    expected, got = show_both(case.expected, case.got)
    return {
        "index": case.index,
        "group": case.group,
        "verdict": case.verdict.value,
        "call": show_call(exercise.entry if exercise else "", case.inputs),
        "expected": escape(expected),
        "got": None if case.got is NOTHING else escape(got),
        "findings": [_finding_json(finding, exercise, language) for finding in case.findings],
        "traceback": [_frame_json(frame, language) for frame in case.traceback],
        "printed": escape(case.printed[:SHOWN_PRINTED]),
        "snippet": source,
    }
