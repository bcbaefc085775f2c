"""Find the person that a file belongs to: pure, from names alone.

A person is a folder or, where a folder is several people's, one file's stem in it. Two people never share a label.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence


class Owner(NamedTuple):
    """A person, by where their work is."""

    folder: Hashable
    """What tells the folder from any other, however it is spelled."""
    stem: str = ""
    """The stem of the person's files in that folder; empty where the whole folder is theirs. Of a link that leads to
    some folder, its name and a slash."""

    @property
    def is_file(self) -> bool:
        """Whether the person is known by a file's name."""
        return bool(self.stem) and not self.stem.endswith("/")


class NamedFile(NamedTuple):
    """A file that was named itself: its folder, that folder's own, and its stem."""

    folder: Hashable
    above: Hashable
    stem: str


def owners(files: Sequence[NamedFile]) -> list[Owner]:
    """Return the person of each of the files that were named one by one.

    Where no two folders hold files of one stem, the stem is the person. Else the folder is, for these files and for
    all that lie in a folder beside one of theirs.
    """
    places: dict[str, set[Hashable]] = defaultdict(set)
    for file in files:
        places[_plain(file.stem).casefold()].add(file.folder)
    shared = {file.folder for file in files if len(places[_plain(file.stem).casefold()]) > 1}
    beside = {file.above for file in files if file.folder in shared}
    return [
        Owner(file.folder) if file.folder in shared or file.above in beside else Owner(file.folder, file.stem)
        for file in files
    ]


def labels(places: Sequence[tuple[tuple[str, ...], bool]]) -> list[str]:
    """Return a label for each person, no two alike, as short as possible.

    Args:
        places: for each person the parts of an absolute path, and whether that is a file.

    Returns:
        A folder's name, a file's stem; where these are alike, a file's whole name, then the path from one folder
        further up, and so on; a number at last.
    """
    choices = [_choices(parts, is_file=is_file) for parts, is_file in places]
    whole = [_plain(names[-1]) for names in choices]
    level = [0] * len(places)
    while True:
        alike: dict[str, list[int]] = defaultdict(list)
        for person, names in enumerate(choices):
            alike[_plain(names[level[person]])].append(person)
        longer = [
            person
            for group in alike.values()
            # Whose whole paths look alike are told apart by numbers only.
            if len({whole[each] for each in group}) > 1
            # Beside a folder of that name, a file is told by its suffix, and the folder keeps its name.
            for person in [each for each in group if places[each][1] and level[each] == 0] or group
            if level[person] + 1 < len(choices[person])
        ]
        if not longer:
            break
        for person in longer:
            level[person] += 1
    return _numbered([names[at] for names, at in zip(choices, level, strict=True)])


def _choices(parts: tuple[str, ...], *, is_file: bool) -> list[str]:
    """Return what a person may be called, the shortest first."""
    parts = parts or ("?",)
    stem = [parts[-1].rpartition(".")[0] or parts[-1]] if is_file else []
    return [*stem, *("/".join(parts[-size:]) for size in range(1, len(parts) + 1))]


def _numbered(names: Sequence[str]) -> list[str]:
    """Return the names, with a number behind each that was there before.

    Of names that look alike, the one in composed form (NFC), as a roster has it, keeps its own.
    """
    taken = {_plain(name) for name in names}
    seen: Counter[str] = Counter()
    found = dict[int, str]()
    for place in sorted(range(len(names)), key=lambda at: names[at] != normalize("NFC", names[at])):
        name = names[place]
        number = seen[_plain(name)] = seen[_plain(name)] + 1
        label = name
        while number > 1 and _plain(label) in taken:
            label = f"{name} ({number})"
            number += 1
        taken.add(_plain(label))
        found[place] = label
    return [found[place] for place in range(len(names))]


def _plain(name: str) -> str:
    """Return a name as it looks: two that look alike are alike."""
    return normalize("NFC", "".join(one if one.isprintable() else ascii(one)[1:-1] for one in name)).strip()


def match(names: Iterable[str], people: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Find a roster's names among people.

    A name fits exactly; else as it looks; else but for case, width and accents' encoding; else but for blanks, hyphens
    and underscores too. What fits two fits none.

    Returns:
        The roster's name for each person (by place) who is on it, and the names of nobody here.
    """
    found: dict[int, str] = {}
    left = list(names)
    for same in (str, _plain, lambda name: normalize("NFKC", _plain(name)).casefold(), _loose):
        wanted, there = defaultdict(list), defaultdict(list)
        for name in left:
            wanted[same(name)].append(name)
        for person, label in enumerate(people):
            if person not in found:
                there[same(label)].append(person)
        for key, who in wanted.items():
            if len(who) == 1 and len(there[key]) == 1:
                found[there[key][0]] = who[0]
        fitting = set(found.values())
        left = [name for name in left if name not in fitting]
    return found, left


def _loose(name: str) -> str:
    return "".join(one for one in normalize("NFKC", _plain(name)).casefold() if one not in " -_")
