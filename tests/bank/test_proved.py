"""Every exercise is proved, and the proofs are those of what is here now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kept import read_ledger, right_programs, unproved
from llmprep.model import Exercise

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.bank import Bank

LEAST_NAMED = 0.8


def test_every_exercise_is_proved(bank: Bank) -> None:
    """The ledger holds a proof of each exercise as it is, by the judge as it is, and of nothing else."""
    exercises = [item for entry in bank.summaries() if isinstance(item := bank.item(entry.id), Exercise)]
    assert unproved(exercises) == [], "run scripts/prove, look at what it prints, and commit tests/bank/proofs.jsonl"
    assert read_ledger().keys() == {exercise.id for exercise in exercises}


def test_mistakes_made_in_other_code_are_named(bank: Bank, record_property: Callable[[str, object], None]) -> None:
    """At least eight in ten wrong submissions are told the mistake that they make.

    An exercise with a right submission refused, or one told a mistake that it does not make, has no line in the ledger.
    """
    lines = read_ledger()
    named, made, nameless = (
        sum(line.figures.get(name, 0) for line in lines.values()) for name in ("wrong_named", "wrong", "wrong_nameless")
    )
    right = sum(len(right_programs(bank.exercise(item))) for item in lines)
    record_property(
        "figure",
        f"kept wrong submissions: {named} of {made} that make a known mistake named rightly ({named / made:.0%}), "
        f"0 of {made + nameless} named wrongly; right ones: 0 of {right} refused",
    )
    assert named >= LEAST_NAMED * made
