"""Test seed stability: over many seeds, correct solutions always pass and known mistakes never do."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.mistakes import slow_mistakes
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import load_judge
from llmprep.proving.runner import outcome_of, run_many
from llmprep.sandbox.fork_server import ForkServer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from llmprep.model import Exercise

REFERENCE = "reference"


class Flake(NamedTuple):
    """A seed with which a solution or mistake had the wrong outcome."""

    seed: int
    name: str
    """Which solution or mistake."""
    refused: bool
    """Whether it was refused, being right, or passed, being wrong."""


def find_flakes(
    exercise: Exercise, *, variants: Mapping[str, str], seeds: Iterable[int]
) -> Iterator[tuple[int, list[Flake]]]:
    """Run what is right and what is wrong over the cases of each seed; yield each seed with its flakes.

    Args:
        exercise: whose cases they are.
        variants: right solutions beside the reference, by name.
        seeds: what the cases are drawn from.

    Raises:
        BankError: the exercise's own code fails, with one of the seeds at least.
        EnvironmentFault: no worker can be started.
    """
    with contextlib.closing(ForkServer()) as fork_server:
        options = JudgeOptions(start_worker=fork_server.start_worker)
        slow = slow_mistakes(load_judge(exercise, options).suite) if exercise.efficiency else ()
        for seed in seeds:
            judge = load_judge(exercise, options._replace(seed=seed))
            seconds = max(0.1, judge.suite.reference_seconds)
            right = run_many(judge, list(variants.values()), reference_seconds=seconds, jobs=1)
            found = dict(zip(variants, right, strict=True))
            made: dict[str, Sequence[tuple[Any, tuple[str, ...], bool]]] = {
                name: [(one.value, one.changed, one.shares) for one in outcomes]
                for name, outcomes in judge.suite.mistakes().items()
                # A mistake that is refused for its time alone answers as the right solutions do.
                if name not in slow
            }
            made[REFERENCE] = [(value, (), False) for value in judge.suite.reference]
            for name, outcomes in made.items():
                found[name] = outcome_of(judge, outcomes)
            wrong = made.keys() - {REFERENCE}
            yield (
                seed,
                [Flake(seed, name, one.refused) for name, one in found.items() if one.refused != (name in wrong)],
            )
