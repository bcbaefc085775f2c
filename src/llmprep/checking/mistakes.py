"""Name the mistake that a submission made: wrong in the same cases, in the same way, and right in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.checking.kept_state import is_state
from llmprep.compare import differs
from llmprep.model import Group
from llmprep.values import Raised
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from llmprep.checking.submission_frames import CaseAnswer
    from llmprep.checking.suite import Case, MistakeOutcome, Suite
    from llmprep.verdict import CaseResult, Finding


ENOUGH = 0.8
"""The share of failing cases that a mistake must explain: other code with the same mistake may fail at an edge too."""
MOST_SPOILT = 1 / 20
"""The share of the cases that a submission passes which its mistake may fail."""

COSTS = frozenset({"check.efficiency_ratio", "check.efficiency_growth", "check.stop_cpu", "check.memory"})
"""Findings of a case that took too much time or memory."""


def name_mistake(
    suite: Suite,
    answers: list[CaseAnswer],
    results: list[CaseResult],
    stop: Finding | None = None,
    failed_groups: Callable[[Sequence[MistakeOutcome]], Collection[str]] = lambda _: (),
) -> str:
    """Return the id of the mistake made, or "" if none is certain.

    The mistake must agree with the submission in the first failing case and in at least 80% of the failing cases, and
    fail at most one in twenty of the cases that the submission passes. Of several, the one that agrees in more failing
    cases, then in more of all, is named; none where two agree in as many.

    Which cases count:

    - Missing input validation is ignored if other cases fail too: cases with inputs that must be refused are set aside.
      If nothing else failed, they count like all others.
    - Two exceptions of one type are the same outcome, whatever their messages.
    - Outputs that the exercise's `check` judges (`statistics`) need not be equal. Those that fail are set aside where a
      compared case failed; a mistake explains one if the outputs agree, or if `check` names it, and where `check` names
      others alone, this mistake was not made. A group that passes counts as a whole: the mistake fails all of it or
      nothing.
    - If all answers are right but too slow, the only known mistake that is also merely slow is named, if there is just
      one.
    - Where the first failure is caused by earlier calls, no mistake is named.

    Args:
        suite: the cases, and what each mistake answers to them.
        answers: what the submission answered.
        results: the result of each answer.
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
    evidence = _Evidence(suite, answers, results)
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
    """The parts of a submission's results that a mistake must agree with.

    Args:
        suite: the cases.
        answers: what the submission answered.
        results: the result of each answer; at least one failed.
    """

    def __init__(self, suite: Suite, answers: list[CaseAnswer], results: list[CaseResult]) -> None:
        self._cases, self._answers = suite.cases, answers
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
        """Return whether a mistake accounts for a failure: `check` names it, or the outcomes agree."""
        case = self._cases[result.index]
        # Where the case was run alone, its result holds that output.
        answer = self._answers[result.index]._replace(value=result.got)
        return name in _named(result) or _agree(case, answer, outcomes[result.index])


def _named(result: CaseResult) -> list[str]:
    return [finding.facts["mistake"] for finding in result.findings if finding.key == "check.property"]


def _is_right(case: Case, outcome: MistakeOutcome) -> bool:
    """Return whether a mistake's outcome of a case is right."""
    return not (outcome.changed or outcome.shares or differs(outcome.value, case.expected, case.tolerance))


def _costs_too_much(suite: Suite, results: list[CaseResult], stop: Finding | None) -> bool:
    """Return whether all is right up to a case with limited time, and that case exceeds its time or a sandbox limit."""
    place = next((at for at, one in enumerate(results) if one.verdict is not Verdict.ACCEPTED), len(results))
    if place >= len(suite.cases) or suite.cases[place].group != Group.EFFICIENCY:
        return False
    told = results[place].findings[:1] if place < len(results) else (stop,)
    return any(one is not None and one.key in COSTS for one in told)


def slow_mistakes(suite: Suite) -> list[str]:
    """Return the mistakes whose answers are all right, so that only their time can refuse them."""
    return [
        name
        for name, outcomes in suite.mistakes().items()
        if all(
            _is_right(case, outcome)
            for case, outcome in zip(suite.cases, outcomes, strict=True)
            if not case.by_properties
        )
    ]


def mistakes_alike(suite: Suite, name: str) -> list[str]:
    """Return the other mistakes that explain all that one mistake answers, so that neither can be named.

    Cases that `check` judges are left aside, and so is missing input validation beside other failures.
    """
    known = suite.mistakes()
    own = known[name]
    cases = [case for case in suite.cases if not case.by_properties]
    wrong = {case.index for case in cases if not _is_right(case, own[case.index])}
    if any(not isinstance(suite.cases[index].expected, Raised) for index in wrong):
        cases = [case for case in cases if not isinstance(case.expected, Raised)]

    def is_alike(outcomes: Sequence[MistakeOutcome]) -> bool:
        return all(
            _agree(case, own[case.index], outcomes[case.index])
            if case.index in wrong
            else _is_right(case, outcomes[case.index])
            for case in cases
        )

    return [other for other, outcomes in known.items() if other != name and is_alike(outcomes)]


def _agree(case: Case, answer: CaseAnswer | MistakeOutcome, outcome: MistakeOutcome) -> bool:
    """Return whether a submission and a mistake have the same outcome."""
    if answer.changed != outcome.changed or answer.shares != outcome.shares:
        return False
    if isinstance(answer.value, Raised) and isinstance(outcome.value, Raised):
        return answer.value.names == outcome.value.names
    return not differs(answer.value, outcome.value, case.tolerance)
