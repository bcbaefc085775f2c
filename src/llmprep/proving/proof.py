"""Shows that an exercise's suite is worth its verdict: what is right passes, and nothing wrong that we know does."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.efficiency import is_clear
from llmprep.checking.pipeline import grade
from llmprep.checking.suite import load_suite
from llmprep.errors import Problem
from llmprep.proving.impostors import impostors
from llmprep.proving.margins import Margin, margin_of
from llmprep.proving.mutants import mutants
from llmprep.proving.runner import run_many
from llmprep.sandbox.process import Nursery
from llmprep.verdict import NOTHING, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise
    from llmprep.proving.mutants import Mutant
    from llmprep.verdict import Report

LEAST_MARGIN = 10.0
"""Times the tolerance by which everything wrong must miss."""
NEAREST_VARIANT = 0.5
"""The share of the tolerance that a right solution may take up."""

MOST_REFUSED = 5
"""Cases told of those that a reference fails."""


DECLARED = re.compile(r"^# mistake: ([a-z0-9-]+)$", re.MULTILINE)


def mistake_of(name: str, source: str) -> str:
    """Return the known mistake that a kept wrong submission makes, or "" if it makes none.

    A line `# mistake: ID` says it, with `none` for what is wrong in a way that has no name; else the file's name does:
    the id, `--` and a name of its own.
    """
    declared = DECLARED.search(source)
    made = declared[1] if declared else name.partition("--")[0]
    return "" if made == "none" else made


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
    mistakes: int
    named: int
    """Of the mistakes, those that the report on them names."""
    others: int
    """Submissions that make one of the mistakes in other code."""
    others_named: int
    least_margin: Margin | None
    """Of the mistakes and impostors, the one that misses by least."""
    nearest_variant: Margin | None
    """Of the right solutions, the one that comes nearest to being refused."""
    problems: tuple[Problem, ...]
    """What the suite falls short of."""
    nameless: int = 0
    """Submissions that are wrong in a way that no known mistake is."""

    @property
    def was_tried(self) -> bool:
        """Whether the reference passed, so that there was something to try."""
        return bool(self.impostors)

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
    others: Mapping[str, str] | None = None,
    every: int = 1,
    jobs: int = 2,
) -> Proof:
    """Try everything on an exercise's suite.

    Args:
        exercise: whose suite it is.
        bank_file: its YAML file.
        cache: where suites are kept.
        variants: other right solutions, by name, which must pass.
        others: other wrong submissions, by name (`mistake_of`); none may pass, nor be told a mistake that it does not
            make.
        every: try one mutant in this many.
        jobs: how many workers run at a time.

    Raises:
        BankError: the exercise's own code fails.
    """
    with contextlib.closing(Nursery()) as nursery:
        suite = load_suite(exercise, bank_file, cache, worker=nursery.worker)

        def run(source: str) -> Report:
            return grade(exercise, suite, source, bank_file=bank_file, worker=nursery.worker, warm=nursery.worker)

        return _prove(exercise, suite, run, bank_file, variants or {}, others or {}, every, jobs)


def _prove(
    exercise: Exercise,
    suite: Suite,
    run: Callable[[str], Report],
    bank_file: Path,
    variants: Mapping[str, str],
    others: Mapping[str, str],
    every: int,
    jobs: int,
) -> Proof:
    """Try everything, given what runs a submission."""
    tell = _Teller(exercise, bank_file)

    reference = run(exercise.reference)
    if not reference.accepted:
        # Nothing else is tried: what a suite says that its own reference fails would be told of the suite, or of
        # survivors, and follow from this alone.
        _tell_refused(tell, exercise, suite, reference)
        return unproved(exercise, tell.problems)
    try:
        all_mutants = mutants(exercise.reference)
    except ValueError as error:  # such as a text within an f-string that cannot be written out again
        tell("reference", "prove.not_mutable", reason=str(error))
        all_mutants = []
    if run(exercise.starter).accepted:
        tell("starter", "prove.starter_accepted")
    margins, named, others_named = _try_mistakes(exercise, suite, run, tell, others)
    pretenders = impostors(exercise, suite)
    for name, source in pretenders:
        report = run(source)
        if report.accepted:
            tell("cases", "prove.impostor_accepted", name=name)
        margins.append(Margin(name, margin_of(suite, report)))
    nearest = []
    for name, source in variants.items():
        report = run(source)
        if not report.accepted:
            tell("tolerance", "prove.variant_refused", name=name)
        tell.narrow_pace(name, report)
        nearest.append(Margin(name, margin_of(suite, report)))
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
    for name in unlisted:
        tell("cases", "prove.survivor", name=name)
    # What is accepted misses by nothing, and is told of already.
    least = min((margin for margin in margins if margin.times > 1), key=lambda margin: margin.times, default=None)
    if least is not None and least.times < LEAST_MARGIN:
        tell("tolerance", "prove.narrow_margin", name=least.name, times=least.times)
    most = max(nearest, key=lambda margin: margin.times, default=None)
    if most is not None and NEAREST_VARIANT < most.times <= 1:
        tell("tolerance", "prove.variant_near", name=most.name, times=most.times)
    made = [mistake_of(name, source) != "" for name, source in others.items()]
    return Proof(
        exercise.id,
        len(tried),
        len(tried) - len(passed),
        unlisted,
        len(passed) - len(unlisted),
        len(pretenders),
        len(exercise.mistakes),
        named,
        sum(made),
        others_named,
        least,
        most,
        tuple(tell.problems),
        len(made) - sum(made),
    )


def unproved(exercise: Exercise, problems: Sequence[Problem]) -> Proof:
    """The proof of an exercise whose reference its own suite refuses: nothing was tried on it."""
    mistakes = len(exercise.mistakes)
    return Proof(exercise.id, 0, 0, (), 0, 0, mistakes, 0, 0, 0, None, None, tuple(problems))


def _tell_refused(tell: _Teller, exercise: Exercise, suite: Suite, report: Report) -> None:
    """Tell in which cases the reference fails: what it gives, and what is expected."""
    failed = [case for case in report.cases if case.verdict is not Verdict.ACCEPTED]
    for case in failed[:MOST_REFUSED]:
        source = suite.cases[case.index]
        written = exercise.cases[source.place]
        field = f"cases.{source.place}" + (".generate" if written.generate else ".expect" if written.expect else "")
        facts = {"case": case.index + 1, "group": case.group, "findings": case.findings[:1] or report.findings[:1]}
        if written.generate or case.got is NOTHING:
            tell(field, "prove.reference_fails", **facts)
        else:
            tell(field, "prove.reference_differs", got=case.got, expected=source.expected, **facts)
    if not failed:
        tell("reference", "prove.reference_stops", findings=report.findings[:1])
    elif len(failed) > MOST_REFUSED:
        tell("reference", "prove.reference_fails_more", count=len(failed) - MOST_REFUSED)


def _try_mistakes(
    exercise: Exercise, suite: Suite, run: Callable[[str], Report], tell: _Teller, others: Mapping[str, str]
) -> tuple[list[Margin], int, int]:
    """Run the mistakes, and what makes them in other code: how far off they are, and how many of each are named."""
    margins = []
    named = others_named = 0
    for place, mistake in enumerate(exercise.mistakes):
        report = run(mistake.code)
        named += report.mistake == mistake.id
        if report.accepted:
            tell(f"mistakes.{place}.code", "prove.mistake_accepted", name=mistake.id)
        elif report.mistake != mistake.id:
            tell(f"mistakes.{place}.code", "prove.mistake_misnamed", name=mistake.id, other=report.mistake or "—")
        tell.narrow_pace(mistake.id, report)
        margins.append(Margin(mistake.id, margin_of(suite, report)))
    for name, source in others.items():
        report = run(source)
        made = mistake_of(name, source)
        others_named += report.mistake == made != ""
        if report.accepted:
            tell("cases", "prove.mistake_accepted", name=name)
        elif report.mistake not in (made, ""):
            tell("mistakes", "prove.mistake_misnamed", name=name, other=report.mistake)
    return margins, named, others_named


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

    def narrow_pace(self, name: str, report: Report) -> None:
        """Tell of a pace that another machine might put on the other side of its limit."""
        pace = report.pace
        if pace is not None and not is_clear(pace):
            self("efficiency", "prove.pace_narrow", name=name, figure=pace.figure, limit=pace.limit)


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
