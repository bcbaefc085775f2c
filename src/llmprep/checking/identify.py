"""Identify the exercise that a submission solves."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from llmprep.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from llmprep.bank import Bank
    from llmprep.model import Exercise

EXERCISE_LINE = re.compile(r"^#\s*llmprep:\s*([a-z0-9-]+/[a-z0-9-]+)", re.MULTILINE)
"""What `llmprep start` writes on the first line."""
DEFINITION = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)", re.MULTILINE)
NESTED = re.compile(r"^[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
ASSIGNED = re.compile(r"^(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:lambda\b|(\w+)[ \t]*(?:#.*)?$|(?=[A-Za-z_(]))", re.MULTILINE)
"""A name that something is assigned to which may be called; of one that is another's name alone, that other."""
NO_ENTRY = frozenset({"check.unknown_exercise", "check.entry_near", "check.entry_nested", "check.entry_assigned"})
"""What is raised of a file that defines no exercise's entry: beside one that does it is a helper."""
_FIRST_CHARACTERS, _MOST_COMPARED, _LONGEST_COMPARED, _CLOSE = 2000, 10, 60, 0.75


def named_exercise(source: str) -> str | None:
    """Return the exercise that a submission's first lines name."""
    found = EXERCISE_LINE.search(source[:_FIRST_CHARACTERS])
    return found[1] if found else None


def guess_exercise(source: str, entries: Mapping[str, str], path: Path) -> str:
    """Return the exercise whose entry the submission defines: by `def` or `class`, or else as a lambda or an alias.

    Args:
        source: the submission's text.
        entries: each exercise's id and its entry's name.
        path: the file, for messages.

    Raises:
        UsageError: none does, or more than one. Where none does, what comes nearest to one is named.
    """
    defined = dict.fromkeys(DEFINITION.findall(source))
    found = [name for name, entry in entries.items() if entry in defined]
    assigned = {}
    if not found:
        assigned = _assigned(source, defined)
        found = [name for name, entry in entries.items() if assigned.get(entry)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError("check.ambiguous", path=path, names=found)
    by_entry = {entry: name for name, entry in entries.items()}
    for name in assigned:
        if name in by_entry:
            raise UsageError("check.entry_assigned", path=path, found=name, wanted=name, exercise=by_entry[name])
    for key, names in (("check.entry_near", defined), ("check.entry_nested", dict.fromkeys(NESTED.findall(source)))):
        if near := _nearest(names, by_entry, exactly=key == "check.entry_nested"):
            wanted, name = near
            raise UsageError(key, path=path, found=name, wanted=wanted, exercise=by_entry[wanted])
    raise UsageError("check.unknown_exercise", path=path)


def _assigned(source: str, defined: Container[str]) -> dict[str, bool]:
    """Return the names assigned to at the top level, each with whether that makes it a function for certain.

    A lambda does, and so does another name of what is defined in the file. A call's result may be anything: a script
    beside the submission may well keep data under the name of an entry.
    """
    found: dict[str, bool] = {}
    for match in ASSIGNED.finditer(source):
        name, other = match.groups()
        if other in ("None", "True", "False") or (other or "").isdigit():
            continue
        is_function = match[0].endswith("lambda") if other is None else other in defined
        found[name] = found.get(name, False) or is_function
    return found


def _nearest(names: Iterable[str], entries: Iterable[str], *, exactly: bool) -> tuple[str, str] | None:
    """Return the entry that one of the names was probably meant to be, and that name."""
    plain = {_plain(entry): entry for entry in entries}
    short = [name for name in names if len(name) <= _LONGEST_COMPARED]
    for name in short:
        if _plain(name) in plain:
            return plain[_plain(name)], name
    if not exactly:
        for name in islice(short, _MOST_COMPARED):
            words = _words(name)
            if len(words) > 1 and (longer := [entry for entry in plain.values() if words < _words(entry)]):
                return min(longer, key=len), name
        for name in islice(short, _MOST_COMPARED):
            if close := get_close_matches(_plain(name), plain, n=1, cutoff=_CLOSE):
                return plain[close[0]], name
    return None


def _words(name: str) -> set[str]:
    """Return the words of a name, be it written `roc_auc` or `RocAuc`."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def _plain(name: str) -> str:
    """Return a name without what separates `MagnitudePrune` from `magnitude_prune`."""
    return name.lower().replace("_", "")


class Exercises:
    """A bank's exercises, each looked up once, by what submissions say of themselves."""

    def __init__(self, bank: Bank, name: str | None = None) -> None:
        """Look in `bank`; where a name is given, all submissions are of that exercise.

        Raises:
            UsageError: there is no such exercise.
            BankError: it is invalid.
        """
        self._bank = bank
        self._known: dict[str, Exercise] = {}
        self._entries: dict[str, str] | None = None
        self._only = bank.exercise(name) if name is not None else None

    @property
    def used(self) -> tuple[Exercise, ...]:
        """Those that were found so far."""
        return tuple(self._known.values())

    def of_source(self, source: str, path: Path) -> Exercise:
        """Identify the exercise of a submission.

        Raises:
            UsageError: none can be told, or it names one that is not there.
            BankError: it, or where its name has to be guessed the bank, is invalid.
        """
        if self._only is not None:
            return self._known.setdefault(self._only.id, self._only)
        name = named_exercise(source)
        if name is None:
            if self._entries is None:
                summaries = self._bank.summaries()
                self._entries = {each.id: each.entry for each in summaries if each.kind == "exercise"}
            name = guess_exercise(source, self._entries, path)
        return self.by_name(name)

    def of_head(self, head: str) -> Exercise | None:
        """Identify the exercise of a submission of which only the beginning can be read."""
        if self._only is not None:
            return self._only
        name = named_exercise(head)
        return self.by_name(name) if name else None

    def by_name(self, name: str) -> Exercise:
        """Return one exercise; raises as `of_source` does."""
        if name not in self._known:
            self._known[name] = self._bank.exercise(name)
        return self._known[name]
