"""Suites are proved: all that we can make wrong is refused. `scripts/prove` tries every mutant; here, a sample."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import load_judge
from llmprep.proving.impostors import IMPOSTORS, impostors
from llmprep.proving.mutants import mutants
from llmprep.proving.prover import prove
from llmprep.proving.runner import run_many

if TYPE_CHECKING:
    from pathlib import Path

    from llmprep.bank import Bank
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise

SAMPLE = 12
"""Mutants tried of each exercise."""


def seconds_of(suite: Suite) -> float:
    """What the reference takes here, of which sources may take a multiple: on a slow machine that is more."""
    return max(0.2, suite.reference_seconds)


def test_a_sample_of_mutants_is_refused(exercise: Exercise, suites: Path) -> None:
    """None of the reference's mutants passes that the item does not list as equivalent."""
    listed = {survivor.mutant for survivor in exercise.survivors}
    made = [mutant for mutant in mutants(exercise.reference) if mutant.description not in listed]
    sample = made[:: max(1, len(made) // SAMPLE)]
    judge = load_judge(exercise, JudgeOptions(suites))
    outcomes = run_many(
        judge,
        [exercise.reference, *(mutant.source for mutant in sample)],
        reference_seconds=seconds_of(judge.suite),
        jobs=1,
    )
    assert not outcomes[0].refused, "the reference"
    passed = [mutant.description for mutant, one in zip(sample, outcomes[1:], strict=True) if not one.refused]
    assert passed == []


def test_survivors_are_mutants(exercise: Exercise) -> None:
    """What an item lists as equivalent is a mutant of its reference, by the name that the proof prints."""
    known = {mutant.description for mutant in mutants(exercise.reference)}
    assert [survivor.mutant for survivor in exercise.survivors if survivor.mutant not in known] == []


def test_listed_survivors_survive(exercise: Exercise, suites: Path) -> None:
    """A mutant that is said to be equivalent is not refused by any case."""
    listed = {survivor.mutant for survivor in exercise.survivors}
    sources = [mutant.source for mutant in mutants(exercise.reference) if mutant.description in listed]
    if not sources:
        return
    judge = load_judge(exercise, JudgeOptions(suites))
    outcomes = run_many(judge, sources, reference_seconds=seconds_of(judge.suite), jobs=1)
    assert not any(one.refused for one in outcomes)


def test_impostors_are_refused(exercise: Exercise, suites: Path) -> None:
    """Zeros, a constant, an input back, NaN and the rest of what weak tests let through are refused."""
    judge = load_judge(exercise, JudgeOptions(suites))
    made = [one for one in impostors(exercise, judge.suite) if one[0] != "state kept between calls"]
    outcomes = run_many(judge, [source for _, source in made], reference_seconds=seconds_of(judge.suite), jobs=1)
    assert [name for (name, _), one in zip(made, outcomes, strict=True) if not one.refused] == []


def test_a_weak_suite_is_found_out(bank: Bank, tmp_path: Path) -> None:
    """With all but its first example taken away, an exercise does not pass for proved; whole, it does."""
    whole = bank.exercise("compression/affine-quantize")
    weak = replace(whole, cases=whole.cases[1:2], digest="weak", survivors=())
    proof = prove(weak, tmp_path, every=6)
    keys = {problem.key for problem in proof.problems}
    assert {"prove.mistake_accepted", "prove.impostor_accepted", "prove.survivor"} <= keys
    assert proof.survivors
    strong = prove(whole, tmp_path, every=6)
    assert strong.problems == ()
    assert strong.impostors == len(IMPOSTORS)
    assert strong.rate == 1.0
    assert strong.least_margin is not None
    assert strong.least_margin.times > 1000
