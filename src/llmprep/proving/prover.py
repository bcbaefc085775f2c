"""Prove an exercise's suite: what is right passes, and everything that is known to be wrong is refused."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from llmprep.checking.efficiency import is_clear
from llmprep.checking.judge_frames import are_inputs, forged_frames, raise_if_broken
from llmprep.checking.mistakes import mistakes_alike
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import grade, load_judge
from llmprep.checking.suite import JUDGE_LIMITS, STEP_SECONDS, cases_job
from llmprep.errors import Problem
from llmprep.proving.impostors import impostors
from llmprep.proving.margins import Margin, margin_of
from llmprep.proving.mutants import mutants
from llmprep.proving.proof import Programs, Proof, mistake_of, unproved
from llmprep.proving.runner import run_many
from llmprep.sandbox.codec import encode
from llmprep.sandbox.fork_server import ForkServer
from llmprep.values import Raised
from llmprep.verdict import NOTHING, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from llmprep.checking.judge import Judge
    from llmprep.model import Exercise
    from llmprep.proving.mutants import Mutant
    from llmprep.verdict import Report

LEAST_MARGIN = 10.0
"""How many tolerances everything wrong must be off by."""
NEAREST_VARIANT = 0.5
"""The share of the tolerance that a right solution may use up."""
MOST_REFUSED = 5
"""Failing cases reported where the reference itself fails."""

NO_PROGRAMS = Programs()


def prove(
    exercise: Exercise,
    cache: Path | None,
    programs: Programs = NO_PROGRAMS,
    *,
    every: int = 1,
    jobs: int = 2,
) -> Proof:
    """Try everything on an exercise's suite.

    Args:
        exercise: whose suite it is.
        cache: where suites are kept.
        programs: the programs kept beside the item.
        every: try one mutant in this many.
        jobs: how many workers run at a time.

    Raises:
        BankError: the exercise's own code fails.
    """
    with contextlib.closing(ForkServer()) as fork_server:
        judge = load_judge(exercise, JudgeOptions(cache, start_worker=fork_server.start_worker))
        return _Prover(replace(judge, start_warm_worker=fork_server.start_worker)).prove(programs, every, jobs)


class _Prover:
    """Tries programs on one suite, and collects its shortcomings."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.exercise, self.suite = judge.exercise, judge.suite
        self.problems: list[Problem] = []

    def prove(self, programs: Programs, every: int, jobs: int) -> Proof:
        """Try everything; the arguments are those of the function `prove`."""
        exercise = self.exercise
        reference = self.run(exercise.reference)
        if not reference.accepted:
            # Nothing else is tried: whatever it showed would follow from this alone.
            self._add_refused(reference)
            return unproved(exercise, self.problems)
        all_mutants = self._mutants()
        if self.run(exercise.starter).accepted:
            self.add("starter", "prove.starter_accepted")
        margins, named = self._try_mistakes()
        others_named = self._try_others(programs.wrong)
        self._add_unrepeatable()
        pretenders = impostors(exercise, self.suite)
        for name, source in pretenders:
            report = self.run(source)
            if report.accepted:
                self.add("cases", "prove.impostor_accepted", name=name)
            margins.append(Margin(name, margin_of(self.suite, report)))
        nearest = self._try_variants(programs.right)
        tried = all_mutants[::every]
        sources = [mutant.source for mutant in tried]
        outcomes = run_many(self.judge, sources, reference_seconds=reference.cpu_seconds, jobs=jobs)
        passed = [mutant.description for mutant, one in zip(tried, outcomes, strict=True) if not one.refused]
        listed = {survivor.mutant for survivor in exercise.survivors}
        unlisted = tuple(name for name in passed if name not in listed)
        self._add_stale(all_mutants, {mutant.description for mutant in tried}, set(passed))
        for name in unlisted:
            self.add("cases", "prove.survivor", name=name)
        least = self._least(margins)
        most = self._nearest(nearest)
        made = [mistake_of(name, source) != "" for name, source in programs.wrong.items()]
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
            tuple(self.problems),
            len(made) - sum(made),
        )

    def run(self, source: str) -> Report:
        """Grade one program."""
        return grade(self.judge, source)

    def add(self, field: str, key: str, **facts: object) -> None:
        """Note a shortcoming, with the line of the file where it can be mended."""
        # A field that holds others begins where the first of them does.
        lines = [line for name, line in self.exercise.where.items() if f"{name}.".startswith(f"{field}.")]
        self.problems.append(Problem(str(self.exercise.path), min(lines, default=1), field, key, facts))

    def _add_unrepeatable(self) -> None:
        """Note generators that yield other cases the second time, since they draw from elsewhere than `rng`."""
        if not any(case.generate for case in self.exercise.cases):
            return
        job = cases_job(self.exercise, self.suite.seed, {}) | {"draw_twice": True, "step_seconds": STEP_SECONDS}
        result = self.judge.run_job(job, JUDGE_LIMITS)
        raise_if_broken(result, self.exercise, JUDGE_LIMITS, STEP_SECONDS)
        frames = [frame for frame in result.frames if frame[0] == "inputs"]
        if not all(are_inputs(frame, self.exercise) for frame in frames):
            raise forged_frames(self.exercise)
        for place, case in enumerate(self.exercise.cases):
            drawn = [encode(frame[2]) for frame in frames if frame[1] == place]
            half = len(drawn) // 2
            if case.generate and drawn[:half] != drawn[half:]:
                self.add(f"cases.{place}.generate", "prove.unrepeatable")

    def _mutants(self) -> list[Mutant]:
        try:
            return mutants(self.exercise.reference)
        except ValueError as error:  # such as a text within an f-string that cannot be written out again
            self.add("reference", "prove.not_mutable", reason=str(error))
            return []

    def _try_mistakes(self) -> tuple[list[Margin], int]:
        """Run the mistakes; return how far off they are, and how many are named."""
        margins, named = [], 0
        for place, mistake in enumerate(self.exercise.mistakes):
            report = self.run(mistake.code)
            named += report.mistake == mistake.id
            if report.accepted:
                self.add(f"mistakes.{place}.code", "prove.mistake_accepted", name=mistake.id)
            elif report.mistake != mistake.id:
                self._add_misnamed(f"mistakes.{place}.code", mistake.id, report.mistake)
            self._add_unclear_efficiency(mistake.id, report)
            margins.append(Margin(mistake.id, margin_of(self.suite, report)))
        return margins, named

    def _add_misnamed(self, field: str, name: str, other: str) -> None:
        """Note a mistake that the report on it does not name, with those that it may be taken for."""
        if other:
            self.add(field, "prove.mistake_misnamed", name=name, other=other)
        elif others := mistakes_alike(self.suite, name):
            self.add(field, "prove.mistake_unnamed", name=name, others=others)
        else:
            self.add(field, "prove.mistake_uncertain", name=name)

    def _try_others(self, wrong: Mapping[str, str]) -> int:
        """Run the other wrong submissions; return how many are named."""
        named = 0
        for name, source in wrong.items():
            report = self.run(source)
            made = mistake_of(name, source)
            named += report.mistake == made != ""
            if report.accepted:
                self.add("cases", "prove.mistake_accepted", name=name)
            elif report.mistake not in (made, ""):
                self.add("mistakes", "prove.mistake_misnamed", name=name, other=report.mistake)
        return named

    def _try_variants(self, right: Mapping[str, str]) -> list[Margin]:
        """Run the other right solutions; return how far off they are."""
        margins = []
        for name, source in right.items():
            report = self.run(source)
            if not report.accepted:
                self.add("tolerance", "prove.variant_refused", name=name)
            self._add_unclear_efficiency(name, report)
            margins.append(Margin(name, margin_of(self.suite, report)))
        return margins

    def _least(self, margins: Sequence[Margin]) -> Margin | None:
        """Return the wrong program that is off by least."""
        # What is accepted is off by nothing, and is reported already.
        least = min((margin for margin in margins if margin.times > 1), key=lambda margin: margin.times, default=None)
        if least is not None and least.times < LEAST_MARGIN:
            self.add("tolerance", "prove.narrow_margin", name=least.name, times=least.times)
        return least

    def _nearest(self, margins: Sequence[Margin]) -> Margin | None:
        """Return the right solution that is nearest to being refused."""
        most = max(margins, key=lambda margin: margin.times, default=None)
        if most is not None and NEAREST_VARIANT < most.times <= 1:
            self.add("tolerance", "prove.variant_near", name=most.name, times=most.times)
        return most

    def _add_refused(self, report: Report) -> None:
        """Note in which cases the reference fails: what it returns, and what is expected."""
        failed = [case for case in report.cases if case.verdict is not Verdict.ACCEPTED]
        for case in failed[:MOST_REFUSED]:
            source = self.suite.cases[case.index]
            written = self.exercise.cases[source.place]
            part = ".generate" if written.generate else ".expect" if written.expect else ""
            field = f"cases.{source.place}{part}"
            facts = {"case": case.index + 1, "group": case.group, "findings": case.findings[:1] or report.findings[:1]}
            if written.generate or case.got is NOTHING:
                self.add(field, "prove.reference_fails", **facts)
            else:
                key = "prove.reference_differs"
                if isinstance(case.got, Raised):
                    key = "prove.reference_raises"
                elif isinstance(source.expected, Raised):
                    key = "prove.reference_raises_nothing"
                self.add(field, key, got=case.got, expected=source.expected, **facts)
        if not failed:
            self.add("reference", "prove.reference_stops", findings=report.findings[:1])
        elif len(failed) > MOST_REFUSED:
            self.add("reference", "prove.reference_fails_more", count=len(failed) - MOST_REFUSED)

    def _add_stale(self, all_mutants: Sequence[Mutant], tried: set[str], passed: set[str]) -> None:
        """Note survivors that the item lists and that do not exist or do not survive."""
        known = {mutant.description for mutant in all_mutants}
        for place, survivor in enumerate(self.exercise.survivors):
            if survivor.mutant not in known:
                self.add(f"survivors.{place}", "prove.no_such_mutant", name=survivor.mutant)
            elif survivor.mutant in tried - passed:
                self.add(f"survivors.{place}", "prove.survivor_killed", name=survivor.mutant)

    def _add_unclear_efficiency(self, name: str, report: Report) -> None:
        """Note an efficiency that another machine might put on the other side of its limit."""
        measured = report.efficiency
        if measured is not None and not is_clear(measured):
            facts = {"name": name, "figure": measured.figure, "limit": measured.limit}
            self.add("efficiency", "prove.efficiency_narrow", **facts)
