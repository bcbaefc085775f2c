"""Names the mistake that a submission made: the one whose outputs equal the submission's where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.compare import differs
from llmprep.model import Group
from llmprep.values import Raised
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from llmprep.checking.submission_frames import HeardCase
    from llmprep.checking.suite import Case, MistakeOutcome, Suite
    from llmprep.verdict import CaseResult, Finding


ENOUGH = 0.8
"""The share of failing cases that a mistake must explain. Who makes it in code of their own may slip at an edge too."""

COSTS = frozenset({"check.pace_ratio", "check.pace_growth", "check.stop_cpu", "check.memory"})
"""Findings of a case that took too much, whatever its answer."""


def name_mistake(suite: Suite, said: list[HeardCase], results: list[CaseResult], stop: Finding | None = None) -> str:
    """The id of the mistake made, or "" if none is recognised.

    It explains the first failing case and most of the others. Inputs that should have been refused and were not are set
    aside, where anything else failed: a missing check of inputs goes with every mistake. Of several that explain as
    much, the one that agrees on most of all cases. Who is right but takes too much where that counts makes the mistake
    that is right as well, if there is just one.

    `stop` is what ended the submission before all its answers were in.
    """
    if _costs_too_much(suite, results, stop):
        slow = slow_mistakes(suite)
        return slow[0] if len(slow) == 1 else ""
    failing = [result.index for result in results if result.verdict is not Verdict.ACCEPTED]
    if not failing:
        return ""
    known = suite.mistakes()
    for finding in (finding for index in failing for finding in results[index].findings):
        # Where outputs are random, the exercise's `check` may know a mistake by its properties.
        if finding.key == "check.property" and finding.facts["mistake"] in known:
            return str(finding.facts["mistake"])
    unchecked = {index for index in failing if isinstance(suite.cases[index].expected, Raised)}
    telling = [index for index in failing if index not in unchecked] or failing
    best, best_score = "", (0, 0)
    for name, outcomes in known.items():
        # What a case came to alone, where that was told, is in its result.
        agrees = [
            _agree(case, heard._replace(value=result.got), outcome)
            for case, heard, outcome, result in zip(suite.cases, said, outcomes, results, strict=False)
        ]
        explained = sum(agrees[index] for index in telling)
        if agrees[telling[0]] and explained >= ENOUGH * len(telling) and (explained, sum(agrees)) > best_score:
            best, best_score = name, (explained, sum(agrees))
    return best


def _costs_too_much(suite: Suite, results: list[CaseResult], stop: Finding | None) -> bool:
    """Whether all is right up to a case held to a pace, and that misses it or runs into a limit of the sandbox."""
    place = next((at for at, one in enumerate(results) if one.verdict is not Verdict.ACCEPTED), len(results))
    if place >= len(suite.cases) or suite.cases[place].group != Group.EFFICIENCY:
        return False
    told = results[place].findings[:1] if place < len(results) else (stop,)
    return any(one is not None and one.key in COSTS for one in told)


def slow_mistakes(suite: Suite) -> list[str]:
    """The mistakes whose answers are all right, so that only the time they take can refuse them."""
    return [
        name
        for name, outcomes in suite.mistakes().items()
        if not any(
            outcome.changed or outcome.shares or differs(outcome.value, case.expected, case.tolerance)
            for case, outcome in zip(suite.cases, outcomes, strict=True)
            if not case.by_properties
        )
    ]


def _agree(case: Case, said: HeardCase, outcome: MistakeOutcome) -> bool:
    """Whether a submission and a mistake came to the same."""
    if said.changed != outcome.changed or said.shares != outcome.shares:
        return False
    if isinstance(said.value, Raised) and isinstance(outcome.value, Raised):
        return said.value.names == outcome.value.names
    return not differs(said.value, outcome.value, case.tolerance)
