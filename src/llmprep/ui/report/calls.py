"""A failing case on the screen: what was called, and what came of it. Of a class, the call that went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import say
from llmprep.ui.report.values import show_both, show_call
from llmprep.values import Script

if TYPE_CHECKING:
    from llmprep.model import Language
    from llmprep.verdict import CaseResult


def failing_step(failure: CaseResult) -> int | None:
    """The index of the first call of a script that went wrong, if a finding tells it."""
    if not isinstance(failure.inputs, Script):
        return None
    numbers = [finding.facts["number"] for finding in failure.findings if "number" in finding.facts]
    return min(numbers) - 1 if numbers else None


def called(entry: str, failure: CaseResult, language: Language, longest: int, calls: int) -> list[str]:
    """The lines of Python that make the call; of a script those that lead to the call that went wrong.

    Args:
        entry: the function or class.
        failure: the case.
        language: of words.
        longest: characters that all arguments of one call share.
        calls: calls of a script that are shown before that one, beside the construction.
    """
    lines = show_call(entry, failure.inputs, longest)
    step = failing_step(failure)
    if step is None:
        return lines
    first = max(0, step - calls)
    shown = [f"{line}  # {number}" for number, line in enumerate(lines[1:], 1)][first : step + 1]
    before = [say("check.calls_left_out", language, first=1, last=first)] if first else []
    return [lines[0], *before, *shown]


def outcomes(failure: CaseResult, longest: int) -> tuple[str, str]:
    """What was expected and what came, in full where they look alike; of a script, from the call that went wrong."""
    step, expected, got = failing_step(failure), failure.expected, failure.got
    if step is not None and type(expected) is type(got) is list and step < min(len(expected), len(got)):
        expected, got = expected[step], got[step]
    return show_both(expected, got, longest)
