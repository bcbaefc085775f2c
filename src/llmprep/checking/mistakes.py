"""Names the mistake that a submission made: wrong where the submission is, in the same way, and right where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.checking.kept_state import is_state
from llmprep.compare import differs
from llmprep.model import Group
from llmprep.values import Raised
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from llmprep.checking.submission_frames import HeardCase
    from llmprep.checking.suite import Case, MistakeOutcome, Suite
    from llmprep.verdict import CaseResult, Finding


ENOUGH = 0.8
"""The share of failing cases that a mistake must explain. Who makes it in code of their own may slip at an edge too."""
MOST_SPOILT = 1 / 20
"""The share of the cases that a submission passes which a mistake may fail, and be its name all the same."""

COSTS = frozenset({"check.pace_ratio", "check.pace_growth", "check.stop_cpu", "check.memory"})
"""Findings of a case that took too much, whatever its answer."""


def name_mistake(
    suite: Suite,
    said: list[HeardCase],
    results: list[CaseResult],
    stop: Finding | None = None,
    failed_groups: Callable[[Sequence[MistakeOutcome]], Collection[str]] = lambda _: (),
) -> str:
    """The id of the mistake made, or "" if none is certain.

    A mistake is named that comes to the same as the submission in the first failing case and in four of five failing
    cases, and that is right in all but one in twenty of the cases that the submission passes. Of several, the one that
    agrees in more failing cases, then in more of all; none where two agree in as many.

    What counts as a case for this:

    - Inputs that must be refused are set aside, by whomever they are refused, where anything else failed: a check of
      inputs may be missing beside any mistake. Where nothing else failed, they count like all others.
    - Two exceptions of one type are the same outcome, whatever they say.
    - Outputs that the exercise's `check` judges (`statistics`) need not equal each other. Those that fail are set aside
      where a case that is compared failed; a mistake explains one if it comes to the same, or if `check` names it, and
      where `check` names others alone, this one was not made. A group that passes counts as it is judged, whole: the
      mistake fails all of it or nothing.
    - Who is right but takes too much where that counts (`efficiency`) makes the mistake that is right as well, if
      there is just one.
    - Where the first failure lies in what earlier calls left behind, no mistake is named.

    Args:
        suite: the cases, and what each mistake answers to them.
        said: what the submission answered.
        results: what that came to.
        stop: what ended the submission before all its answers were in.
        failed_groups: has `check` judge what a mistake answers; the groups that fail. Asked of a mistake that fits
            otherwise, where the submission passed such a group.
    """
    if _costs_too_much(suite, results, stop):
        slow = slow_mistakes(suite)
        return slow[0] if len(slow) == 1 else ""
    failing = [result for result in results if result.verdict is not Verdict.ACCEPTED]
    if not failing or is_state(failing[0]):
        return ""
    evidence = _Evidence(suite, said, results)
    fitting = []
    known = suite.mistakes()
    recognized = evidence.named & known.keys()
    for name, outcomes in known.items():
        if recognized and name not in recognized:
            continue
        if not evidence.is_explained(evidence.first, name, outcomes):
            continue
        explained = sum(evidence.is_explained(one, name, outcomes) for one in evidence.telling)
        if explained < ENOUGH * len(evidence.telling):
            continue
        spoilt = sum(not _is_right(case, outcomes[case.index]) for case in evidence.passed)
        most = MOST_SPOILT * (len(evidence.passed) + len(evidence.judged))
        if spoilt <= most and evidence.judged:
            failed = failed_groups(outcomes)
            spoilt += sum(group in failed for group in evidence.judged)
        if spoilt <= most:
            fitting.append((explained, -spoilt, name))
    fitting.sort()
    if not fitting or (len(fitting) > 1 and fitting[-1][:2] == fitting[-2][:2]):
        return ""
    return fitting[-1][2]


class _Evidence:
    """What of a submission's results a mistake is held against.

    Args:
        suite: the cases.
        said: what the submission answered.
        results: what that came to; one failed at least.
    """

    def __init__(self, suite: Suite, said: list[HeardCase], results: list[CaseResult]) -> None:
        self._cases, self._said = suite.cases, said
        failing = [one for one in results if one.verdict is not Verdict.ACCEPTED]
        wrong = [one for one in failing if not isinstance(suite.cases[one.index].expected, Raised)] or failing
        self.first = wrong[0]
        """The first failure that counts."""
        self.telling = [one for one in wrong if not suite.cases[one.index].by_properties] or wrong
        """The failures of which a mistake has to explain most."""
        aside = not isinstance(suite.cases[self.first.index].expected, Raised)
        self.passed = [
            case
            for case, one in zip(suite.cases, results, strict=False)
            if one.verdict is Verdict.ACCEPTED
            and not case.by_properties
            and not (aside and isinstance(case.expected, Raised))
        ]
        """The cases that were compared and came out right."""
        judged = [one for one in results if suite.cases[one.index].by_properties]
        failed = {one.group for one in judged if one.verdict is not Verdict.ACCEPTED}
        self.judged = [one.group for one in judged if one.group not in failed]
        """The group of each case that `check` judged and found nothing wrong with."""
        self.named = {str(mistake) for one in wrong for mistake in _named(one)}
        """The mistakes that the exercise's `check` recognized."""

    def is_explained(self, result: CaseResult, name: str, outcomes: Sequence[MistakeOutcome]) -> bool:
        """Whether a mistake accounts for a failure: `check` says so, or it came to the same."""
        case = self._cases[result.index]
        # What a case came to alone, where that was told, is in its result.
        said = self._said[result.index]._replace(value=result.got)
        return name in _named(result) or _agree(case, said, outcomes[result.index])


def _named(result: CaseResult) -> list[str]:
    return [finding.facts["mistake"] for finding in result.findings if finding.key == "check.property"]


def _is_right(case: Case, outcome: MistakeOutcome) -> bool:
    """Whether what a mistake answers to a case is right."""
    return not (outcome.changed or outcome.shares or differs(outcome.value, case.expected, case.tolerance))


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
        if all(
            _is_right(case, outcome)
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
