"""The content read from one file, and the problems found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from llmprep.errors import MORE_PROBLEMS, Problem

MOST_PROBLEMS = 100
"""Problems of one file that are kept; of the others, only how many there are."""
LONGEST_FACT = 120
"""Characters of the file's own text that a problem quotes."""
MOST_NAMES = 20
"""Names that a problem lists."""


@dataclass(slots=True)
class Document:
    """One file's contents. Paths are dotted: `cases.0.generate`."""

    file: str
    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each field, from 1: of its key, or, for an element of a list, of its beginning."""
    begins: dict[str, int] = field(default_factory=dict)
    """The line on which each scalar's text begins: for a block scalar, the line after its `|-`."""
    blocks: set[str] = field(default_factory=set)
    """The scalars written as blocks, whose lines are the file's."""
    problems: list[Problem] = field(default_factory=list)
    """The first `MOST_PROBLEMS` that were found."""
    more: int = 0
    """How many others were found."""

    def line(self, path: str) -> int:
        """Return the line of a field, or of its nearest ancestor if the field is missing."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)

    def refuse(self, path: str, key: str, *, line: int | None = None, **facts: object) -> None:
        """Record a problem at a field."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.more += 1
            return
        short = {name: _short(fact) for name, fact in facts.items()}
        self.problems.append(Problem(self.file, line or self.line(path), path, key, short))

    def all_problems(self) -> list[Problem]:
        """Return the recorded problems, and one that counts the others."""
        if not self.more:
            return self.problems
        last = max(problem.line for problem in self.problems)
        return [*self.problems, Problem(self.file, last, "", MORE_PROBLEMS, {"count": self.more})]


def _short(fact: object) -> object:
    """Bound the length of a fact."""
    if isinstance(fact, (int, float)):
        return fact
    if isinstance(fact, list):
        names = [_short(part) for part in fact[:MOST_NAMES]]
        return names if len(fact) <= MOST_NAMES else [*names, "…"]
    text = str(fact)
    return text if len(text) <= LONGEST_FACT else f"{text[:LONGEST_FACT]}…"
