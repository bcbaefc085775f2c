"""A report on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.compare import MOST_MISMATCHES
from llmprep.messages.say import escape, flat, one_line, say
from llmprep.sandbox.layers import open_in_spite_of
from llmprep.ui.report.findings import words
from llmprep.ui.report.next_steps import print_onward
from llmprep.ui.report.values import show, show_call
from llmprep.verdict import NOTHING

if TYPE_CHECKING:
    from rich.console import Console

    from llmprep.model import Exercise, Language
    from llmprep.ui.report.next_steps import Checked
    from llmprep.verdict import CaseResult, Report

SHOWN_PRINTED = 2000
"""Characters of what a submission printed that are shown."""
SHOWN_FINDINGS = 3


def groups(report: Report) -> dict[str, tuple[int, int]]:
    """For each group of cases that was run, in order: how many passed, and how many there were."""
    counts: dict[str, tuple[int, int]] = {}
    for case in report.cases:
        passed, total = counts.get(case.group, (0, 0))
        counts[case.group] = (passed + report.has_passed(case), total + 1)
    return counts


def group_words(report: Report, language: Language) -> list[str]:
    """What each group of cases came to: the count, or that its pace was not looked at."""
    told = []
    for name, (passed, total) in groups(report).items():
        group = say(f"check.group_{name}", language)
        untimed = all(case.index in report.untimed for case in report.cases if case.group == name)
        told.append(say("check.untimed", language) if untimed else f"{group} {passed}/{total}")
    return told


def paces(report: Report, language: Language) -> list[str]:
    """How quick an accepted submission is, beside the reference."""
    told = []
    if report.pace is not None:
        facts = {"figure": report.pace.figure, "limit": report.pace.limit}
        told.append(say(f"check.pace_kept_{report.pace.kind}", language, **facts))
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
    """Draw a report: the verdict, what each group came to, the first failing case in full, and what to do next."""
    from rich.padding import Padding
    from rich.text import Text

    good = report.accepted
    head = Text(("✓ " if good else "✗ ") + say(f"check.{report.verdict.value}", language))
    head.stylize("bold green" if good else "bold red")
    if exercise is not None:
        head.append(f"  {one_line(exercise.title, language)}", "bold")
        head.append(f"  {exercise.id}", "dim")
    console.print(head)
    if report.total:
        score = f"{100 * report.score:.0f}" if good or report.score < 0.99 else "99"  # noqa: PLR2004  (100 is for all)
        line = say("check.summary", language, passed=report.passed, total=report.total, score=score)
        console.print(Text(f"  {line}"))
        if parts := group_words(report, language):
            console.print(Text("  " + " · ".join(parts), "dim"))
    if good:
        for told in paces(report, language):
            console.print(Text(f"  {told}", "dim"))
    for finding in report.findings:
        console.print(Padding(Text(escape(words(finding, exercise, language))), (1, 2, 0, 2)))
        _print_caret(console, finding.facts)
    _print_traceback(console, report.traceback, language)
    failure = report.first_failure
    if failure is not None and exercise is not None:
        _print_failure(console, failure, exercise, language)
        if checked.snippet_command:
            _print_snippet(console, failure, exercise, language, checked)
    if report.total and report.findings and len(report.cases) < report.total and report.cases:
        console.print(Text("  " + say("check.not_run", language, count=report.total - len(report.cases))))
    if exercise is not None:
        print_onward(console, report, exercise, language, checked)
    if report.missing_layers and report.layers:
        weaker = say("check.weaker", language, layers=list(report.missing_layers))
        if "files" in open_in_spite_of(report.layers):
            weaker += "\n" + say("check.weaker_files", language)
        console.print(Padding(Text(weaker, "yellow"), (1, 2, 0, 2)))


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


def _print_traceback(console: Console, frames: Any, language: Language) -> None:
    from rich.text import Text

    if not frames:
        return
    console.print(Text("  " + say("check.traceback", language), "dim"))
    for frame, times in _runs(frames):
        facts = {"line": frame.line, "function": flat(frame.function), "text": flat(frame.text)}
        console.print(Text("    " + say("check.traceback_line", language, **facts)))
        if times > 1:
            console.print(Text("      " + say("check.traceback_again", language, count=times - 1), "dim"))


def _runs(frames: Any) -> list[tuple[Any, int]]:
    """Frames, each with how often it comes in a row: recursion is one line."""
    runs: list[tuple[Any, int]] = []
    for frame in frames:
        if runs and runs[-1][0] == frame:
            runs[-1] = (frame, runs[-1][1] + 1)
        else:
            runs.append((frame, 1))
    return runs


def _print_failure(console: Console, failure: CaseResult, exercise: Exercise, language: Language) -> None:
    """The first failing case: what was called, what was expected, what came, and what that tells."""
    from rich.table import Table
    from rich.text import Text

    group = say(f"check.group_{failure.group}", language)
    console.print()
    console.print(Text("  " + say("check.first_failure", language, index=failure.index + 1, group=group), "bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    lines = show_call(exercise.entry, failure.inputs)
    grid.add_row("  " + say("check.inputs", language), Text("\n".join(map(flat, lines))))
    keys = {finding.key for finding in failure.findings}
    slow = any(key.startswith("check.pace_") for key in keys)
    if "check.property" not in keys and not slow:
        grid.add_row("  " + say("check.expected", language), Text(flat(show(failure.expected)), "green"))
    if not slow and failure.got is not NOTHING:
        grid.add_row("  " + say("check.got", language), Text(flat(show(failure.got)), "red"))
    console.print(grid)
    bullets = Table.grid(padding=(0, 1))
    bullets.add_column(no_wrap=True)
    # Chinese has no spaces to break at: fold, or rich cuts the line short.
    bullets.add_column(overflow="fold")
    for finding in failure.findings[:SHOWN_FINDINGS]:
        bullets.add_row("  •", Text(escape(words(finding, exercise, language))))
    if (more := len(failure.findings) - SHOWN_FINDINGS) > 0:
        key = "check.many_findings" if len(failure.findings) >= MOST_MISMATCHES else "check.more_findings"
        bullets.add_row("  •", Text(say(key, language, count=more), "dim"))
    console.print(bullets)
    _print_traceback(console, failure.traceback, language)
    if failure.printed.strip():
        console.print(Text("  " + say("check.printed", language), "dim"))
        for line in escape(failure.printed[:SHOWN_PRINTED]).rstrip().splitlines():
            console.print(Text(f"    {line}", "dim"))


def _print_snippet(
    console: Console, failure: CaseResult, exercise: Exercise, language: Language, checked: Checked
) -> None:
    """A short snippet, at the left edge so that it can be pasted; else the command that writes it."""
    from rich.text import Text

    from llmprep.ui.report.snippet import is_short, snippet

    source = snippet(exercise, failure, checked.file, language)
    console.print()
    if not is_short(source):
        console.print(
            Text("  " + say("check.snippet_long", language, command=flat(checked.snippet_command)), "dim"),
            soft_wrap=True,
        )
        return
    console.print(Text("  " + say("check.snippet_short", language, file=flat(checked.file)), "dim"))
    console.print()
    console.print(Text(escape(source).rstrip("\n")), soft_wrap=True)
