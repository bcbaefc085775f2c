"""Names the mistake that a submission made: the one whose outputs equal the submission's wherever that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.compare import compare
from llmprep.values import Raised
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from llmprep.checking.heard import HeardCase
    from llmprep.checking.suite import Case, MistakeOutcome, Suite
    from llmprep.verdict import CaseResult


def name_mistake(suite: Suite, said: list[HeardCase], results: list[CaseResult]) -> str:
    """The id of the mistake made, or "" if none is recognised.

    Of several that agree on every failing case, the one that agrees on most of the others.
    """
    failing = [result.index for result in results if result.verdict is not Verdict.ACCEPTED]
    if not failing:
        return ""
    for finding in (finding for index in failing for finding in results[index].findings):
        # Where outputs are random, the exercise's `check` may know a mistake by its properties.
        if finding.key == "check.property" and finding.facts["mistake"]:
            return str(finding.facts["mistake"])
    best, best_score = "", -1
    for name, outcomes in suite.mistakes().items():
        agrees = [
            _agree(case, heard, outcome) for case, heard, outcome in zip(suite.cases, said, outcomes, strict=False)
        ]
        if all(agrees[index] for index in failing) and sum(agrees) > best_score:
            best, best_score = name, sum(agrees)
    return best


def _agree(case: Case, said: HeardCase, outcome: MistakeOutcome) -> bool:
    """Whether a submission and a mistake came to the same."""
    if said.changed != outcome.changed or said.shares != outcome.shares:
        return False
    if isinstance(said.value, Raised) and isinstance(outcome.value, Raised):
        return said.value.names == outcome.value.names
    return not compare(said.value, outcome.value, case.tolerance)
