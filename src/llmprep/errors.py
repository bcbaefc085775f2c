"""The error tree. Each leaf says what happened in facts; the message catalogue puts it in words, the edge exits.

    LlmprepError                     exit code
    ├── UsageError                   2  what was asked cannot be done as asked
    ├── BankError                    4  the bank is invalid: a list of problems
    ├── EnvironmentFault             5  the machine falls short: a folder, a disk, a kernel
    └── BugError                     3  ours

An error carries a catalogue key and the facts that its message names. No floor below `ui` holds a sentence.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Exit(IntEnum):
    """What a command's exit code says."""

    YES = 0
    NO = 1
    USAGE = 2
    BUG = 3
    BANK = 4
    ENVIRONMENT = 5
    INTERRUPTED = 130


class LlmprepError(Exception):
    """Base of the errors that end a command with a message instead of a traceback."""

    code = Exit.BUG

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


class UsageError(LlmprepError):
    """The request cannot be carried out as given."""

    code = Exit.USAGE


class EnvironmentFault(LlmprepError):
    """The machine falls short: a folder cannot be written, a layer is missing."""

    code = Exit.ENVIRONMENT


def cannot_keep(folder: Path, error: OSError) -> EnvironmentFault:
    """Return the fault of an unusable user folder: not writable, or a file is in its place."""
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return EnvironmentFault("common.not_a_folder", path=error.filename or folder)
    return EnvironmentFault("common.unwritable", path=folder, reason=error.strerror or str(error))


class BugError(LlmprepError):
    """An internal invariant was violated: a bug in llmprep."""

    code = Exit.BUG


class Problem(NamedTuple):
    """One thing wrong with a bank: where, and a catalogue key whose message names the remedy."""

    file: str
    line: int
    field: str
    key: str
    facts: dict[str, object]


MORE_PROBLEMS = "bank.more_problems"
"""The key of a problem that stands for so many others of its file as its fact `count` says."""


def how_many(problems: Iterable[Problem]) -> int:
    """Return the number of problems found, including those only counted."""
    return sum(int(str(one.facts["count"])) if one.key == MORE_PROBLEMS else 1 for one in problems)


class BankError(LlmprepError):
    """The bank is invalid."""

    code = Exit.BANK

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("bank.invalid", count=how_many(problems))
        self.problems = problems
