"""Shows over many seeds that an exercise's cases are no luck: what is right always passes, what is wrong never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.mistakes import slow_mistakes
from llmprep.checking.suite import load_suite
from llmprep.checking.trials import run_many
from llmprep.sandbox.launch import start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from llmprep.model import Exercise

REFERENCE = "reference"


class Slip(NamedTuple):
    """A seed with which something went wrong."""

    seed: int
    name: str
    """Which solution or mistake."""
    refused: bool
    """Whether it was refused, being right, or passed, being wrong."""


def slips(
    exercise: Exercise, *, bank_file: Path, variants: Mapping[str, str], seeds: Iterable[int], jobs: int = 1
) -> list[Slip]:
    """Run what is right and what is wrong over the cases of each seed.

    Args:
        exercise: whose cases they are.
        bank_file: its YAML file.
        variants: other right solutions, by name.
        seeds: what the cases are drawn from.
        jobs: how many workers run at a time.

    Raises:
        BankError: the exercise's own code fails, with one of the seeds at least.
        EnvironmentFault: no worker can be started.
    """
    right = {REFERENCE: exercise.reference, **variants}
    slow = slow_mistakes(load_suite(exercise, bank_file, None, worker=start)) if exercise.efficiency else ()
    # What is refused for its time alone answers as the right ones do.
    wrong = {mistake.id: mistake.code for mistake in exercise.mistakes if mistake.id not in slow}
    sources = [*right.values(), *wrong.values()]
    found = []
    for seed in seeds:
        suite = load_suite(exercise, bank_file, None, seed=seed, worker=start)
        fates = run_many(exercise, suite, sources, bank_file=bank_file, reference_seconds=1.0, seed=seed, jobs=jobs)
        for name, fate in zip([*right, *wrong], fates, strict=True):
            if fate.refused != (name in wrong):
                found.append(Slip(seed, name, fate.refused))
    return found
