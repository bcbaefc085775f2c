"""A report on the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.messages.say import escape, one_line, say
from llmprep.sandbox.layers import open_in_spite_of
from llmprep.ui.report.failure import FITS, FITS_BESIDE_A_NAME, Fit, print_failure, print_printed, print_traceback
from llmprep.ui.report.findings import tried_words, words
from llmprep.ui.report.next_steps import print_mistake, print_onward
from llmprep.ui.report.values import apart

if TYPE_CHECKING:
    from rich.console import Console

    from llmprep.model import Exercise, Language
    from llmprep.ui.report.next_steps import Checked
    from llmprep.verdict import Report


def group_words(report: Report, language: Language) -> list[str]:
    """What each group of cases came to: the count, or that its efficiency was not measured."""
    told = []
    for name, (passed, total) in report.groups.items():
        group = say(f"check.group_{name}", language)
        untimed = all(case.index in report.untimed for case in report.cases if case.group == name)
        told.append(say("check.untimed", language) if untimed else f"{group} {passed}/{total}")
    return told


def speed_lines(report: Report, language: Language) -> list[str]:
    """How quick an accepted submission is, beside the reference."""
    told = []
    if report.efficiency is not None:
        measured = report.efficiency
        facts = {"figure": apart(measured.figure, measured.limit), "limit": measured.limit}
        told.append(say(f"check.efficiency_kept_{measured.kind}", language, **facts))
    if report.reference_seconds > 0 and report.own_seconds > 0:
        own, reference = (milliseconds(one) for one in (report.own_seconds, report.reference_seconds))
        told.append(say("check.time", language, own=own, reference=reference))
    return told


def milliseconds(seconds: float) -> str:
    """A short time, in two digits: the third is noise."""
    return f"{float(f'{1000 * seconds:.2g}'):g} ms"


def print_report(
    console: Console, report: Report, exercise: Exercise | None, language: Language, checked: Checked
) -> None:
    """Draw a report: the verdict, what each group came to, the first failing case, and what to do next.

    A failing case is told as fully as leaves the report within `checked.room` lines, where that can be.
    """
    page = _Page(report, exercise, language, checked)
    fits = FITS_BESIDE_A_NAME if report.mistake else FITS
    fit = fits[0]
    if report.first_failure is not None:
        fit = next((fit for fit in fits if _height(console, page, fit) <= checked.room), fits[-1])
    _draw(console, page, fit)


class _Page(NamedTuple):
    """What is drawn; the fields are the arguments of `print_report`."""

    report: Report
    exercise: Exercise | None
    language: Language
    checked: Checked


def _height(console: Console, page: _Page, fit: Fit) -> int:
    """Return the lines that a report takes on a screen of this width."""
    from rich.cells import cell_len
    from rich.console import Console

    scratch = Console(file=io.StringIO(), width=console.width, color_system=None, legacy_windows=False)
    with scratch.capture() as capture:
        _draw(scratch, page, fit)
    return sum(max(1, -(-cell_len(line.rstrip()) // console.width)) for line in capture.get().splitlines())


def _draw(console: Console, page: _Page, fit: Fit) -> None:
    from rich.padding import Padding
    from rich.text import Text

    report, exercise, language, checked = page
    good = report.accepted
    head = Text(("✓ " if good else "✗ ") + say(f"check.{report.verdict.value}", language))
    head.stylize("bold green" if good else "bold red")
    if exercise is not None:
        head.append(f"  {one_line(exercise.title, language)}", "bold")
        head.append(f"  {exercise.id}", "dim")
    console.print(head)
    if exercise is not None:
        print_mistake(console, report, exercise, language)
    if report.total:
        score = f"{100 * report.score:.0f}" if good or report.score < 0.99 else "99"  # noqa: PLR2004  (100 is for all)
        line = say("check.summary", language, passed=report.passed, total=report.total, score=score)
        console.print(Text(f"  {line}"))
        if parts := group_words(report, language):
            console.print(Text("  " + " · ".join(parts), "dim"))
    if good:
        for told in speed_lines(report, language):
            console.print(Text(f"  {told}", "dim"))
    if report.tried:
        console.print(Text("  " + tried_words(report.tried, language, "check.tried_told"), "yellow"))
    # What the verdict comes from is told first.
    failure = report.first_failure
    if failure is None or report.ended_by_stop:
        _print_stop(console, page)
    if failure is not None and exercise is not None:
        print_failure(console, failure, exercise, language, fit)
    if failure is not None and not report.ended_by_stop:
        _print_stop(console, page)
    if report.total and report.findings and len(report.cases) < report.total and report.cases:
        console.print(Text("  " + say("check.not_run", language, count=report.total - len(report.cases))))
    if exercise is not None:
        print_onward(console, report, exercise, language, checked)
    if report.missing_layers and report.layers:
        weaker = say("check.weaker", language, layers=list(report.missing_layers))
        if "files" in open_in_spite_of(report.layers):
            weaker += "\n" + say("check.weaker_files", language)
        console.print(Padding(Text(weaker, "yellow"), (1, 2, 0, 2)))


def _print_stop(console: Console, page: _Page) -> None:
    """Print what concerns the submission as a whole."""
    from rich.padding import Padding
    from rich.text import Text

    for finding in page.report.findings:
        console.print(Padding(Text(escape(words(finding, page.exercise, page.language))), (1, 2, 0, 2)))
        _print_caret(console, finding.facts)
    print_traceback(console, page.report.traceback, page.language)
    print_printed(console, page.report.printed, page.language)


def _print_caret(console: Console, facts: dict[str, Any]) -> None:
    """The line of a syntax error, with a caret under its column."""
    from rich.text import Text

    line = str(facts.get("text", "")).rstrip("\n")
    if "column" not in facts or not line:
        return
    indent = len(line) - len(line.lstrip())
    column = max(0, int(facts["column"]) - 1 - indent)
    console.print(Text(f"    {escape(line.strip())}", "bold"))
    console.print(Text(f"    {' ' * column}^", "red"))
