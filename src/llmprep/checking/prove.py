"""Shows that an exercise's suite is worth its verdict: what is right passes, and nothing wrong that we know does."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.check import grade
from llmprep.checking.evidence import is_number, leaves
from llmprep.checking.impostors import impostors
from llmprep.checking.mutants import mutants
from llmprep.checking.suite import load_suite
from llmprep.checking.trials import run_many
from llmprep.compare import compare, numbers
from llmprep.errors import Problem
from llmprep.sandbox.launch import Nursery
from llmprep.values import Array, Scalar
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from llmprep.checking.mutants import Mutant
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise, Tolerance
    from llmprep.verdict import Report

LEAST_KILLED = 0.95
"""The share of mutants that a suite must refuse."""
LEAST_MARGIN = 10.0
"""Times the tolerance by which everything wrong must miss."""
NEAREST_VARIANT = 0.5
"""The share of the tolerance that a right solution may take up."""


class Margin(NamedTuple):
    """How far off one source is, in tolerances: the worst case's worst element; infinite where no number tells."""

    name: str
    times: float


class Proof(NamedTuple):
    """What was tried on one exercise and what came of it."""

    exercise: str
    mutants: int
    """How many were tried."""
    killed: int
    survivors: tuple[str, ...]
    """Mutants that passed and are not listed in the item."""
    listed: int
    """Mutants that passed and are listed with their reason."""
    impostors: int
    least_margin: Margin | None
    """Of the mistakes and impostors, the one that misses by least."""
    nearest_variant: Margin | None
    """Of the right solutions, the one that comes nearest to being refused."""
    problems: tuple[Problem, ...]
    """What the suite falls short of."""

    @property
    def rate(self) -> float:
        """The share of mutants killed; those listed as equivalent do not count."""
        counted = self.mutants - self.listed
        return self.killed / counted if counted else 1.0


def prove(
    exercise: Exercise,
    *,
    bank_file: Path,
    cache: Path | None,
    variants: Mapping[str, str] | None = None,
    every: int = 1,
    jobs: int = 2,
) -> Proof:
    """Try everything on an exercise's suite.

    Args:
        exercise: whose suite it is.
        bank_file: its YAML file.
        cache: where suites are kept.
        variants: other right solutions, by name, which must pass.
        every: try one mutant in this many.
        jobs: how many workers run at a time.

    Raises:
        BankError: the exercise's own code fails.
    """
    with contextlib.closing(Nursery()) as nursery:
        suite = load_suite(exercise, bank_file, cache, worker=nursery.worker)

        def run(source: str) -> Report:
            return grade(exercise, suite, source, bank_file=bank_file, worker=nursery.worker)

        return _prove(exercise, suite, run, bank_file, variants or {}, every, jobs)


def _prove(
    exercise: Exercise,
    suite: Suite,
    run: Callable[[str], Report],
    bank_file: Path,
    variants: Mapping[str, str],
    every: int,
    jobs: int,
) -> Proof:
    """Try everything, given what runs a submission."""
    tell = _Teller(exercise, bank_file)
    reference = run(exercise.reference)
    if not reference.accepted:
        failure = reference.first_failure
        facts = {"case": failure.index + 1, "group": failure.group} if failure else {"case": 0, "group": "—"}
        tell("reference", "prove.reference_refused", **facts)
    if run(exercise.starter).accepted:
        tell("starter", "prove.starter_accepted")
    margins = []
    for place, mistake in enumerate(exercise.mistakes):
        report = run(mistake.code)
        if report.accepted:
            tell(f"mistakes.{place}.code", "prove.mistake_accepted", name=mistake.id)
        elif report.mistake != mistake.id:
            tell(f"mistakes.{place}.code", "prove.mistake_misnamed", name=mistake.id, other=report.mistake or "—")
        margins.append(Margin(mistake.id, _margin(suite, report)))
    pretenders = impostors(exercise, suite)
    for name, source in pretenders:
        report = run(source)
        if report.accepted:
            tell("cases", "prove.impostor_accepted", name=name)
        margins.append(Margin(name, _margin(suite, report)))
    nearest = []
    for name, source in variants.items():
        report = run(source)
        if not report.accepted:
            tell("tolerance", "prove.variant_refused", name=name)
        nearest.append(Margin(name, _margin(suite, report)))
    all_mutants = mutants(exercise.reference)
    tried = all_mutants[::every]
    fates = run_many(
        exercise,
        suite,
        [mutant.source for mutant in tried],
        bank_file=bank_file,
        reference_seconds=reference.cpu_seconds,
        jobs=jobs,
    )
    passed = [mutant.description for mutant, fate in zip(tried, fates, strict=True) if not fate.refused]
    listed = {survivor.mutant for survivor in exercise.survivors}
    unlisted = tuple(name for name in passed if name not in listed)
    _tell_stale(tell, exercise, all_mutants, {mutant.description for mutant in tried}, set(passed))
    counted = len(tried) - len(passed) + len(unlisted)
    if counted and len(unlisted) > (1 - LEAST_KILLED) * counted:
        tell("cases", "prove.too_few_killed", killed=counted - len(unlisted), total=counted)
    # What is accepted misses by nothing, and is told of already.
    least = min((margin for margin in margins if margin.times > 1), key=lambda margin: margin.times, default=None)
    if least is not None and least.times < LEAST_MARGIN:
        tell("tolerance", "prove.narrow_margin", name=least.name, times=least.times)
    most = max(nearest, key=lambda margin: margin.times, default=None)
    if most is not None and NEAREST_VARIANT < most.times <= 1:
        tell("tolerance", "prove.variant_near", name=most.name, times=most.times)
    return Proof(
        exercise.id,
        len(tried),
        len(tried) - len(passed),
        unlisted,
        len(passed) - len(unlisted),
        len(pretenders),
        least,
        most,
        tuple(tell.problems),
    )


class _Teller:
    """Collects what a suite falls short of, with the line of the file where it can be mended."""

    def __init__(self, exercise: Exercise, bank_file: Path) -> None:
        self.exercise, self.file = exercise, str(bank_file)
        self.problems: list[Problem] = []

    def __call__(self, field: str, key: str, **facts: object) -> None:
        # A field that holds others begins where the first of them does.
        lines = [line for name, line in self.exercise.where.items() if f"{name}.".startswith(f"{field}.")]
        line = min(lines, default=1)
        self.problems.append(Problem(self.file, line, field, key, facts))


def _tell_stale(
    tell: _Teller, exercise: Exercise, all_mutants: Sequence[Mutant], tried: set[str], passed: set[str]
) -> None:
    """Survivors that the item lists and that are none."""
    known = {mutant.description for mutant in all_mutants}
    for place, survivor in enumerate(exercise.survivors):
        if survivor.mutant not in known:
            tell(f"survivors.{place}", "prove.no_such_mutant", name=survivor.mutant)
        elif survivor.mutant in tried - passed:
            tell(f"survivors.{place}", "prove.survivor_killed", name=survivor.mutant)


def _margin(suite: Suite, report: Report) -> float:
    """How many tolerances a submission is off, over all cases; infinity if it is no matter of degree."""
    if report.verdict not in (Verdict.ACCEPTED, Verdict.WRONG_ANSWER) or len(report.cases) < len(suite.cases):
        return math.inf
    worst = 0.0
    for case, result in zip(suite.cases, report.cases, strict=True):
        if case.by_properties:
            if result.verdict is not Verdict.ACCEPTED:
                return math.inf
            continue
        here = miss(result.got, case.expected, case.tolerance)
        # A right value that was refused all the same was refused for what it did.
        if result.verdict is not Verdict.ACCEPTED and here <= 1:
            return math.inf
        worst = max(worst, here)
    return worst


def miss(got: Any, expected: Any, tolerance: Tolerance) -> float:
    """How many times its tolerance an output is off at the worst; infinity for another kind, shape, type or integer."""
    if compare(got, expected, tolerance, values=False):
        return math.inf
    worst = 0.0
    for _, one, other in leaves(got, expected, ""):
        if not compare(one, other, tolerance.__class__(0.0, 0.0)):
            continue
        ours, theirs = _floats(one), _floats(other)
        if ours is None or theirs is None or len(ours) != len(theirs):
            return math.inf
        floor = tolerance.atol * (max((abs(value) for value in theirs if is_number(value)), default=0.0) or 1.0)
        for value, wanted in zip(ours, theirs, strict=True):
            if value == wanted or (value != value and wanted != wanted):  # noqa: PLR0124  (NaN)
                continue
            allowed = tolerance.rtol * abs(wanted) + floor
            if not is_number(value) or not is_number(wanted) or not allowed:
                return math.inf
            worst = max(worst, abs(value - wanted) / allowed)
    return worst


def _floats(value: Any) -> Sequence[float] | None:
    """Floating-point elements; None for anything that is compared exactly."""
    if isinstance(value, (Array, Scalar)):
        return list(map(float, numbers(value))) if value.dtype.startswith("float") else None
    return [float(value)] if type(value) is float else None
