"""Reports on many submissions: a line each, a table by person and exercise, JSON and JUnit."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from llmprep.messages.say import escape, flat, say
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.findings import words
from llmprep.ui.report.next_steps import Checked
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

    from llmprep.checking.batch import Graded
    from llmprep.model import Language


LONGEST_SNIPPET = 20_000
"""Bytes of a snippet beyond which a batch does without."""
WIDEST_CELL, GAP = len("✗ 99 %"), 2
"""Columns of a score, and between two."""


class Outcome:
    """What is kept of one file once it is graded: small, however large its outputs were."""

    __slots__ = ("cpu_seconds", "data", "exercise", "path", "person", "reason", "score", "verdict")

    def __init__(self, graded: Graded, language: Language, *, whole: bool = False) -> None:
        """Keep what lists, tables and documents show; the whole report as data only if it is asked for."""
        report = graded.report
        self.path = str(graded.entry.path)
        self.person = graded.entry.person
        self.exercise = report.exercise
        self.verdict = report.verdict
        self.score = report.score
        self.cpu_seconds = report.cpu_seconds
        self.data: dict[str, Any] = {}
        if whole:
            checked = Checked(graded.entry.path.name)
            told = report_json(report, graded.exercise, language, checked, longest=LONGEST_SNIPPET)
            self.data = {"file": self.path, "person": self.person, **told}
        failure = report.first_failure
        findings = report.findings or (failure.findings if failure else ())
        self.reason = escape(words(findings[0], graded.exercise, language)) if findings else ""

    @property
    def accepted(self) -> bool:
        """Whether it was accepted."""
        return self.verdict is Verdict.ACCEPTED


def print_line(console: Console, outcome: Outcome, language: Language) -> None:
    """One file on one line, and why it was not accepted."""
    from rich.text import Text

    mark, style = ("✓", "green") if outcome.accepted else ("✗", "red")
    line = Text(f"{mark} ", style).append(say(f"check.{outcome.verdict.value}", language), style)
    line.append("  ".join(["", flat(outcome.path), *filter(None, [outcome.exercise]), f"{_percent(outcome)} %"]))
    console.print(line, soft_wrap=True)
    if outcome.reason:
        console.print(Text(f"    {outcome.reason}", "dim"), soft_wrap=True)


def print_table(console: Console, outcomes: Sequence[Outcome], language: Language) -> None:
    """A table by person and exercise: a tick, or the score; and how many were accepted.

    One that would be wider than the console goes on below, with those who have something to show there.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    # Files whose exercise is unknown come last.
    exercises = sorted(dict.fromkeys(outcome.exercise for outcome in outcomes), key=lambda name: not name)
    people: dict[str, dict[str, list[Outcome]]] = {}
    for outcome in outcomes:
        people.setdefault(outcome.person, {}).setdefault(outcome.exercise, []).append(outcome)
    column = say("check.column_person", language)
    for_people = min(console.width // 2, max(cell_len(flat(person)) for person in (column, *people)))
    for part in _side_by_side(exercises, console.width - for_people):
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
        table.add_column(column, overflow="fold", width=for_people)
        for name, width in zip(part, _widths(part, console.width - for_people), strict=True):
            table.add_column(_Heading(_slug(name)), justify="right", overflow="fold", width=width)
        for person, theirs in people.items():
            if not theirs.keys().isdisjoint(part):
                table.add_row(Text(flat(person)), *(Text(_cell(theirs.get(name, []))) for name in part))
        console.print()
        console.print(table)
    accepted = sum(outcome.accepted for outcome in outcomes)
    console.print(Text(say("check.many_summary", language, accepted=accepted, total=len(outcomes))))


def _side_by_side(exercises: Sequence[str], width: int) -> Iterator[list[str]]:
    """The exercises whose columns fit into a width, one table after the other."""
    part: list[str] = []
    taken = 0
    for name in exercises:
        column = GAP + _narrowest(name)
        if part and taken + column > width:
            yield part
            part, taken = [], 0
        part.append(name)
        taken += column
    yield part


def _widths(exercises: Sequence[str], width: int) -> list[int]:
    """The widths of columns side by side: where not all headings fit on one line, the longest are broken first.

    rich would narrow columns below their longest word.
    """
    limit = width
    while True:
        widths = [max(_narrowest(name), min(len(_slug(name)), limit)) for name in exercises]
        if sum(widths) + GAP * len(widths) <= width or limit <= WIDEST_CELL:
            return [min(each, max(1, width - GAP)) for each in widths]
        limit -= 1


def _narrowest(exercise: str) -> int:
    """The least width of a column in which no score and no word of its heading is cut in two."""
    return max(WIDEST_CELL, *map(len, _Heading(_slug(exercise)).parts))


def _slug(exercise: str) -> str:
    return exercise.partition("/")[2] or "?"


class _Heading:
    """An exercise's slug over a column: where that is narrow, its lines end at hyphens."""

    def __init__(self, slug: str) -> None:
        self.parts = [part + "-" * (place < slug.count("-")) for place, part in enumerate(slug.split("-"))]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        widths = [len(part) for part in self.parts]
        return Measurement(max(widths), sum(widths)).clamp(max_width=options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        lines = [""]
        for part in self.parts:
            if lines[-1] and len(lines[-1] + part) > options.max_width:
                lines.append("")
            lines[-1] += part
        yield Text("\n".join(lines), justify="right", overflow="fold")


def _cell(outcomes: list[Outcome]) -> str:
    """The best of a person's files for one exercise."""
    if not outcomes:
        return "·"
    if any(outcome.accepted for outcome in outcomes):
        return "✓"
    return f"✗ {max(map(_percent, outcomes))} %"


def _percent(outcome: Outcome) -> int:
    """The score; 100 is for all cases, and not for nearly all."""
    return 100 if outcome.accepted else min(99, round(100 * outcome.score))


def as_json(outcomes: Sequence[Outcome], seed: int | None) -> dict[str, Any]:
    """All reports as data; no seed for the fixed cases."""
    return {
        "version": 1,
        "kind": "reports",
        "seed": seed,
        "accepted": sum(outcome.accepted for outcome in outcomes),
        "total": len(outcomes),
        "reports": [outcome.data for outcome in outcomes],
    }


def as_junit(outcomes: Sequence[Outcome], language: Language) -> str:
    """All reports as JUnit XML: a suite an exercise, a test case a file; what is ours counts as an error."""
    root = ET.Element("testsuites", {"name": "llmprep", **_counts(outcomes)})
    for name in dict.fromkeys(outcome.exercise for outcome in outcomes):
        theirs = [outcome for outcome in outcomes if outcome.exercise == name]
        suite = ET.SubElement(root, "testsuite", {"name": name or "?", **_counts(theirs)})
        for outcome in theirs:
            seconds = f"{outcome.cpu_seconds:.3f}"
            names = {"classname": _xml(flat(outcome.person)), "name": _xml(flat(outcome.path)), "time": seconds}
            case = ET.SubElement(suite, "testcase", names)
            if not outcome.accepted:
                kind = "error" if outcome.verdict is Verdict.JUDGE_ERROR else "failure"
                message = say(f"check.{outcome.verdict.value}", language)
                ET.SubElement(case, kind, type=outcome.verdict.value, message=message).text = _xml(outcome.reason)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """The numbers that a JUnit suite bears."""
    errors = sum(outcome.verdict is Verdict.JUDGE_ERROR for outcome in outcomes)
    failures = sum(not outcome.accepted for outcome in outcomes) - errors
    return {"tests": str(len(outcomes)), "failures": str(failures), "errors": str(errors)}


def _xml(text: str) -> str:
    """Text with nothing that XML 1.0 cannot hold."""
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in escape(text))
