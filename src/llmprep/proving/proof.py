"""What the proof of an exercise's suite records, and the programs that it tries."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from llmprep.errors import Problem
    from llmprep.model import Exercise
    from llmprep.proving.margins import Margin

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
    """What was tried on one exercise, and with which outcome."""

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


class Programs(NamedTuple):
    """Programs kept beside an exercise's item, by name."""

    right: Mapping[str, str] = MappingProxyType({})
    """Other right solutions, which must pass."""
    wrong: Mapping[str, str] = MappingProxyType({})
    """Other wrong submissions (`mistake_of`), which must be refused and must not be named a mistake that they do not
    make."""


def unproved(exercise: Exercise, problems: Sequence[Problem]) -> Proof:
    """Return the proof of an exercise whose reference its own suite refuses: nothing was tried on it."""
    mistakes = len(exercise.mistakes)
    return Proof(exercise.id, 0, 0, (), 0, 0, mistakes, 0, 0, 0, None, None, tuple(problems))
