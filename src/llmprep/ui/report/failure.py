"""The first failing case on the terminal: what was called, what was expected, what came, and what that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.compare import MOST_MISMATCHES
from llmprep.messages.say import escape, flat, say
from llmprep.ui.report.calls import called, outcomes
from llmprep.ui.report.findings import call_words, words
from llmprep.verdict import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from llmprep.model import Exercise, Language
    from llmprep.verdict import CaseResult, Frame

SHOWN_PRINTED = 2000
"""Characters of what a submission printed that are shown."""


class Fit(NamedTuple):
    """How fully a failing case is told."""

    longest: int
    """Characters of one value, and of all inputs of a call."""
    findings: int
    printed: int
    """Lines of what the submission printed."""
    calls: int
    """Calls of a class's script before the one that went wrong, beside the construction."""


FITS = (
    Fit(400, 3, 10, 3),
    Fit(240, 3, 10, 3),
    Fit(240, 3, 5, 2),
    Fit(160, 3, 5, 2),
    Fit(160, 2, 5, 1),
    Fit(100, 2, 5, 1),
    Fit(100, 1, 3, 0),
    Fit(60, 1, 3, 0),
)
"""From the fullest on."""
FITS_BESIDE_A_NAME = (
    Fit(400, 3, 10, 3),
    Fit(400, 2, 5, 3),
    Fit(400, 1, 3, 2),
    Fit(240, 1, 3, 1),
    Fit(160, 1, 3, 1),
    Fit(100, 1, 3, 0),
    Fit(60, 1, 3, 0),
)
"""Where a known mistake is named, which says more than findings do."""


def print_traceback(console: Console, frames: Sequence[Frame], language: Language) -> None:
    """The candidate's own lines of a traceback, with the call of a class's script that they belong to."""
    from rich.text import Text

    if not frames:
        return
    call = frames[0].call
    where = say("check.traceback_call", language, call=call_words(call[0], call[1], language)) if call else ""
    console.print(Text("  " + (where or say("check.traceback", language)), "dim"))
    for frame, times in _runs(frames):
        facts = {"line": frame.line, "function": flat(frame.function), "text": flat(frame.text), "cell": frame.cell}
        key = "check.traceback_line_cell" if frame.cell else "check.traceback_line"
        console.print(Text("    " + say(key, language, **facts)))
        if times > 1:
            console.print(Text("      " + say("check.traceback_again", language, count=times - 1), "dim"))


def _runs(frames: Sequence[Frame]) -> list[tuple[Frame, int]]:
    """Frames, each with how often it comes in a row: recursion is one line."""
    runs: list[tuple[Frame, int]] = []
    for frame in frames:
        if runs and runs[-1][0] == frame:
            runs[-1] = (frame, runs[-1][1] + 1)
        else:
            runs.append((frame, 1))
    return runs


def print_failure(console: Console, failure: CaseResult, exercise: Exercise, language: Language, fit: Fit) -> None:
    """The first failing case: what was called, what was expected, what came, and what that tells."""
    from rich.table import Table
    from rich.text import Text

    group = say(f"check.group_{failure.group}", language)
    console.print()
    console.print(Text("  " + say("check.first_failure", language, index=failure.index + 1, group=group), "bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    lines = called(exercise.entry, failure, language, fit.longest, fit.calls)
    grid.add_row("  " + say("check.inputs", language), Text("\n".join(map(flat, lines))))
    keys = {finding.key for finding in failure.findings}
    slow = any(key.startswith("check.efficiency_") for key in keys)
    expected, got = outcomes(failure, fit.longest)
    if "check.property" not in keys and not slow:
        grid.add_row("  " + say("check.expected", language), Text(flat(expected), "green"))
    if not slow and failure.got is not NOTHING:
        grid.add_row("  " + say("check.got", language), Text(flat(got), "red"))
    console.print(grid)
    bullets = Table.grid(padding=(0, 1))
    bullets.add_column(no_wrap=True)
    # Chinese has no spaces to break at: fold, or rich cuts the line short.
    bullets.add_column(overflow="fold")
    for finding in failure.findings[: fit.findings]:
        bullets.add_row("  •", Text(escape(words(finding, exercise, language))))
    if (more := len(failure.findings) - fit.findings) > 0:
        key = "check.many_findings" if len(failure.findings) >= MOST_MISMATCHES else "check.more_findings"
        bullets.add_row("  •", Text(say(key, language, count=more), "dim"))
    console.print(bullets)
    print_traceback(console, failure.traceback, language)
    print_printed(console, failure.printed, language, fit.printed)


def print_printed(console: Console, printed: str, language: Language, most: int = 10) -> None:
    """The first lines of what a submission printed."""
    from rich.text import Text

    if not printed.strip():
        return
    console.print(Text("  " + say("check.printed", language), "dim"))
    lines = escape(printed[:SHOWN_PRINTED]).rstrip().splitlines()
    for line in lines[:most]:
        console.print(Text(f"    {line}", "dim"), no_wrap=True, overflow="ellipsis", crop=True)
    if len(lines) > most or len(printed) > SHOWN_PRINTED:
        console.print(Text("    …", "dim"))
