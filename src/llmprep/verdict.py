"""The result of a check: verdicts, findings, and the report."""

from __future__ import annotations

import itertools
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from llmprep.record import Record, record
from llmprep.values import Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = Unsupported("nothing")
"""Why a case has no answer."""


class Verdict(StrEnum):
    """The outcome of one case or of a whole submission."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output_limit_exceeded"
    INVALID_SUBMISSION = "invalid_submission"
    JUDGE_ERROR = "judge_error"


@record()
class Finding(Record):
    """One statement of a report: a catalogue key and the facts of its message."""

    key: str
    facts: dict[str, Any] = field(default_factory=dict)


UNDER_WAY = (Finding("check.under_way"),)
"""What is found of the case that was running when a submission was stopped."""
LEAN_FINDINGS, LONGEST_LEAN = 8, 2_000
"""What is kept of the findings of one attempt: how many, and about how many bytes of JSON in all."""
LONGEST_LEAN_TEXT = 60


def lean(findings: Iterable[Finding]) -> tuple[dict[str, Any], ...]:
    """Findings as a log keeps them: keys, and facts that are numbers or short texts; never what was answered."""
    kept: list[dict[str, Any]] = []
    room = LONGEST_LEAN
    for finding in itertools.islice(findings, LEAN_FINDINGS):
        facts = {name: _shortened(fact) for name, fact in finding.facts.items() if _is_lean(fact)}
        room -= sum(len(name) + len(ascii(fact)) for name, fact in facts.items())
        kept.append({"key": finding.key, **(facts if room >= 0 else {})})
    return tuple(kept)


def _is_lean(fact: Any) -> bool:
    return type(fact) in (str, bool, float) or (type(fact) is int and fact.bit_length() < 64)  # noqa: PLR2004


def _shortened(fact: Any) -> Any:
    return fact[:LONGEST_LEAN_TEXT] if type(fact) is str else fact


@record()
class Frame(Record):
    """A line of the candidate's own traceback."""

    line: int
    function: str
    text: str
    call: tuple[str, int] | None = None
    """The name and the number, from 1, of the call of a class's script in which it was raised."""
    cell: int = 0
    """In a notebook, the cell whose line it is; cells count from 1."""


@record()
class CaseResult(Record):
    """The result of one case. `inputs`, `expected` and `got` are plain values (`llmprep.values`)."""

    index: int
    group: str
    verdict: Verdict
    inputs: Any = None
    expected: Any = None
    got: Any = None
    findings: tuple[Finding, ...] = ()
    """The findings, most informative first."""
    traceback: tuple[Frame, ...] = ()
    printed: str = ""
    """What the submission printed in this case, capped."""
    before: tuple[Any, ...] = ()
    """The inputs of the calls that were made before it, where they are what spoils it and are not too large."""


@record()
class EfficiencyFigure(Record):
    """The measured efficiency of a submission, and its limit."""

    kind: str
    """`ratio`: times the reference's CPU time, in the worst case; `growth`: the exponent of CPU time over size."""
    figure: float
    limit: float
    case: int
    """The index of the case that it was measured on."""

    @property
    def kept(self) -> bool:
        """Return whether it is within the limit."""
        return self.figure <= self.limit


@record()
class Report(Record):
    """Everything that one check found."""

    exercise: str
    digest: str
    verdict: Verdict
    cases: tuple[CaseResult, ...]
    total: int
    """How many cases the exercise has; those after a fatal stop have no result."""
    findings: tuple[Finding, ...] = ()
    """What concerns the submission as a whole: a syntax error, a missing entry, a limit."""
    traceback: tuple[Frame, ...] = ()
    printed: str = ""
    """What was printed while the submission was loaded, if it came no further."""
    mistake: str = ""
    """The id of the named mistake whose outputs the submission's equal."""
    cpu_seconds: float = 0.0
    """CPU time that the submission's process used, by the kernel's account."""
    own_seconds: float = 0.0
    """CPU time inside its entry over all cases, by its own process's account: to be shown, never to judge by."""
    reference_seconds: float = 0.0
    """CPU time inside the reference over the same cases, when the suite was made."""
    efficiency: EfficiencyFigure | None = None
    """How quick the submission is, where the exercise limits that and all answers are right."""
    untimed: tuple[int, ...] = ()
    """Indices of right answers whose efficiency counts and was not measured, so that they do not count as passed."""
    layers: tuple[str, ...] = ()
    """The layers of confinement in force."""
    missing_layers: tuple[str, ...] = ()
    code: str = ""
    """A digest of the code, the same whatever its comments and local names are; "" where it was not asked for."""
    tried: tuple[str, ...] = ()
    """What it tried that no submission may (`process`, `network`, `write`, ...), by its own process's account."""
    seed: int | None = None
    """The seed of fresh cases, printed afterwards; None for the fixed cases."""

    @property
    def accepted(self) -> bool:
        """Whether the submission may be relied on."""
        return self.verdict is Verdict.ACCEPTED

    def has_passed(self, case: CaseResult) -> bool:
        """Whether all that is asked of a case was seen and found right."""
        return case.verdict is Verdict.ACCEPTED and case.index not in self.untimed

    @property
    def passed(self) -> int:
        """Return the number of cases passed."""
        return sum(map(self.has_passed, self.cases))

    @property
    def score(self) -> float:
        """Cases that passed over all cases, 0 to 1."""
        return self.passed / self.total if self.total else 0.0

    @property
    def groups(self) -> dict[str, tuple[int, int]]:
        """The cases that passed and all that have a result, per group, in the order of the cases."""
        found: dict[str, tuple[int, int]] = {}
        for case in self.cases:
            passed, total = found.get(case.group, (0, 0))
            found[case.group] = (passed + self.has_passed(case), total + 1)
        return found

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings that the verdict comes from: the first failing case's, or what ended the submission."""
        failure = self.first_failure
        return failure.findings if failure is not None and not self.ended_by_stop else self.findings

    @property
    def ended_by_stop(self) -> bool:
        """Whether what ended the submission is what it is judged by: no case before it had failed."""
        failure = self.first_failure
        return bool(self.findings) and (failure is None or failure.findings[:1] == UNDER_WAY)

    @property
    def first_failure(self) -> CaseResult | None:
        """Return the first case that was not accepted."""
        return next((case for case in self.cases if case.verdict is not Verdict.ACCEPTED), None)
