"""A class's results as data: JSON, JUnit XML and CSV, all with the same rows."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from llmprep.messages.say import escape, flat
from llmprep.ui.report.batch import notes_of, status_words
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from llmprep.checking.gradebook import Row
    from llmprep.model import Language
    from llmprep.ui.report.batch import ClassResults, FileOutcome

COLUMNS = (
    "person", "exercise", "status", "accepted", "cases_passed", "cases", "files", "file", "mistake", "same_code_as",
    "starter", "tried", "on_roster", "note", "same_code_count",
)  # fmt: skip
"""The columns of a gradebook, and the fields of a row in JSON. They are added to at the end only."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


def row_data(row: Row, outcome: FileOutcome, language: Language) -> dict[str, Any]:
    """A row by the names of `COLUMNS`."""
    mark = outcome.mark
    notes = dict.fromkeys([*notes_of(row, outcome, language), *([outcome.reason] if outcome.reason else [])])
    values = (
        flat(row.person),
        row.exercise or None,
        mark.status,
        mark.accepted,
        mark.passed,
        mark.total,
        0 if mark.status in ("absent", "nothing_to_grade") else len(row.marks),
        None if mark.status == "absent" else flat(mark.path),
        mark.mistake or None,
        [flat(one) for one in row.same_as],
        row.is_starter,
        list(row.tried),
        not row.unlisted,
        " · ".join(notes),
        row.same_count,
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_json(
    results: ClassResults, left_out: tuple[Mapping[str, int], Sequence[Path]], seed: int | None, language: Language
) -> dict[str, Any]:
    """Return all rows and reports as data; no seed for the fixed cases."""
    rows, outcomes, summary = results
    skipped, others = left_out
    return {
        "version": 1,
        "kind": "reports",
        "seed": seed,
        "accepted": sum(outcomes[row.best].accepted for row in rows),
        "total": len(rows),
        "people": {"accepted": summary.people[0], "total": summary.people[1]},
        "exercises": [
            {"exercise": exercise, "accepted": accepted, "total": total}
            for exercise, (accepted, total) in summary.exercises.items()
        ],
        "mistakes": [
            {"exercise": exercise, "mistake": mistake, "people": number}
            for exercise, mistake, number in summary.mistakes
        ],
        "skipped": {kind: count for kind, count in sorted(skipped.items()) if count},
        "other_files": [flat(str(path)) for path in others],
        "rows": [row_data(row, outcomes[row.best], language) for row in rows],
        "reports": [outcome.data for outcome in outcomes if outcome.mark.status != "absent"],
    }


def as_csv(rows: Sequence[Row], outcomes: Sequence[FileOutcome], language: Language) -> str:
    """A gradebook: a heading, then a line a row. What a spreadsheet would take for a formula has a quote before it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(map(_cell, row_data(row, outcomes[row.best], language).values()))
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    shown = flat(shown)
    return f"'{shown}" if shown.lstrip().startswith(FORMULA) else shown


def as_junit(rows: Sequence[Row], outcomes: Sequence[FileOutcome], language: Language) -> str:
    """JUnit XML: a suite an exercise, a test case a row; what is ours counts as an error."""
    root = ET.Element("testsuites", {"name": "llmprep", **_counts(rows, outcomes)})
    # Those whose exercise is unknown come last.
    names = sorted(dict.fromkeys(row.exercise for row in rows), key=lambda name: not name)
    for name in names:
        theirs = [row for row in rows if row.exercise == name]
        suite = ET.SubElement(root, "testsuite", {"name": name or "?", **_counts(theirs, outcomes)})
        for row in theirs:
            outcome = outcomes[row.best]
            seconds = f"{outcome.cpu_seconds:.3f}"
            file = outcome.mark.path if outcome.mark.status != "absent" else row.person
            names_of_case = {"classname": _xml(flat(row.person)), "name": _xml(flat(file)), "time": seconds}
            case = ET.SubElement(suite, "testcase", names_of_case)
            if not outcome.accepted:
                kind = "error" if outcome.verdict is Verdict.JUDGE_ERROR else "failure"
                message = status_words(outcome.mark, language)
                ET.SubElement(case, kind, type=outcome.mark.status, message=message).text = _xml(outcome.reason)
            if notes := notes_of(row, outcome, language):
                ET.SubElement(case, "system-out").text = _xml("\n".join(notes))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _counts(rows: Sequence[Row], outcomes: Sequence[FileOutcome]) -> dict[str, str]:
    """The numbers that a JUnit suite bears."""
    best = [outcomes[row.best] for row in rows]
    errors = sum(outcome.verdict is Verdict.JUDGE_ERROR for outcome in best)
    failures = sum(not outcome.accepted for outcome in best) - errors
    return {"tests": str(len(best)), "failures": str(failures), "errors": str(errors)}


def _xml(text: str) -> str:
    """Text with nothing that XML 1.0 cannot hold."""
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in escape(text))
