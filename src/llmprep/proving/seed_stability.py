"""Shows over many seeds that an exercise's cases are no luck: what is right always passes, what is wrong never does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.mistakes import slow_mistakes
from llmprep.checking.suite import load_suite
from llmprep.proving.runner import fate_of, run_many
from llmprep.sandbox.process import Nursery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    exercise: Exercise, *, bank_file: Path, variants: Mapping[str, str], seeds: Iterable[int]
) -> Iterator[tuple[int, list[Slip]]]:
    """Hold what is right and what is wrong against the cases of each seed; each seed with what went wrong.

    Args:
        exercise: whose cases they are.
        bank_file: its YAML file.
        variants: right solutions beside the reference, by name.
        seeds: what the cases are drawn from.

    Raises:
        BankError: the exercise's own code fails, with one of the seeds at least.
        EnvironmentFault: no worker can be started.
    """
    with contextlib.closing(Nursery()) as nursery:
        slow = (
            slow_mistakes(load_suite(exercise, bank_file, None, worker=nursery.worker)) if exercise.efficiency else ()
        )
        for seed in seeds:
            suite = load_suite(exercise, bank_file, None, seed=seed, worker=nursery.worker)
            right = run_many(
                exercise,
                suite,
                list(variants.values()),
                bank_file=bank_file,
                reference_seconds=max(0.1, suite.reference_seconds),
                seed=seed,
                jobs=1,
            )
            fates = dict(zip(variants, right, strict=True))
            made: dict[str, Sequence[tuple[Any, tuple[str, ...], bool]]] = {
                name: [(one.value, one.changed, one.shares) for one in outcomes]
                for name, outcomes in suite.mistakes().items()
                # What is refused for its time alone answers as the right ones do.
                if name not in slow
            }
            made[REFERENCE] = [(value, (), False) for value in suite.reference]
            for name, outcomes in made.items():
                fates[name] = fate_of(exercise, suite, outcomes, bank_file, nursery.worker)
            wrong = made.keys() - {REFERENCE}
            found = [Slip(seed, name, fate.refused) for name, fate in fates.items() if fate.refused != (name in wrong)]
            yield seed, found
