"""Every exercise is proved, and the proofs are those of what is here now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kept import read_ledger, unproved
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


def test_mistakes_made_in_other_code_are_named(record_property: Callable[[str, object], None]) -> None:
    """At least eight in ten wrong submissions are told the mistake that they make; none is told another (a proof)."""
    lines = read_ledger().values()
    named, made = (sum(line.figures[name] for line in lines) for name in ("wrong_named", "wrong"))
    record_property("figure", f"{named} of {made} wrong submissions kept are told the mistake they make, none another")
    assert named >= LEAST_NAMED * made
