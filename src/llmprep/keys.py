"""The keys of mappings and the members of sets, and the ways that lead to places in a value.

Only what is expected is put in a table: the hashes of what a submission sent may have been chosen to collide.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.values import Members, Pairs, Scalar, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEYS = 10
"""The number of missing or unexpected keys reported by name."""
LONGEST_KEY, LONGEST_PATH = 60, 240
"""Characters of a key in a path, and of a path."""
LARGEST_WRITTEN = 200
"""Bits of an integer beyond which its digits are not written."""

Path = tuple[()] | tuple["Path", Any]
"""The way to a place: the way to what holds it, and an index or, in a tuple of its own, a key.

It is put into words only where something is wrong: words for each of many places would take longer than comparing.
"""


def written(path: Path) -> str:
    """Format a path as Python does, such as `[0]['loss']`; of a long one, the beginning and the end."""
    steps = []
    while path:
        path, step = path
        steps.append(f"[{step}]" if type(step) is int else at_key(step[0]))
    text = "".join(reversed(steps))
    half = LONGEST_PATH // 2
    return text if len(text) <= LONGEST_PATH else f"{text[: half - 1]}…{text[-half:]}"


def at_key(key: Any) -> str:
    """Return the step to the value of a key."""
    return f"[{_key_text(key)}]"


def _key_text(key: Any) -> str:
    """Format a key as Python does, shortened if long."""
    plain = numbers(key)[0] if isinstance(key, Scalar) else key
    if type(plain) is tuple:
        parts = [_key_text(one) for one in plain[:LONGEST_KEY]]
        text = f"({', '.join(parts)}{',' if len(plain) == 1 else ''})"
    elif type(plain) is int and plain.bit_length() > LARGEST_WRITTEN:
        text = f"about 2**{plain.bit_length()}"
    else:
        text = repr(plain[:LONGEST_KEY] if type(plain) in (str, bytes) else plain)
    return text if len(text) <= LONGEST_KEY else f"{text[: LONGEST_KEY - 1]}…"


def by_key(got: Any, expected: Any) -> list[tuple[Any, Any, Any]] | None:
    """The keys of two mappings, each with its two values; None unless both are mappings of the same keys."""
    if type(got) not in (dict, Pairs) or type(expected) not in (dict, Pairs) or size_of(got) != size_of(expected):
        return None
    sides = mappings_side_by_side(got, expected)
    return None if sides.missing or sides.extra else sides.both


def size_of(value: Any) -> int:
    """Return the number of keys or members."""
    return len(value.pairs if isinstance(value, Pairs) else value.members if isinstance(value, Members) else value)


def pairs_of(value: dict[Any, Any] | Pairs) -> Iterable[tuple[Any, Any]]:
    """Return the keys of a mapping with their values."""
    return value.pairs if isinstance(value, Pairs) else value.items()


def members_of(value: set[Any] | Members) -> Iterable[Any]:
    """Return the members of a set."""
    return value.members if isinstance(value, Members) else value


class Sides(NamedTuple):
    """The result of comparing two mappings by their keys."""

    both: list[tuple[Any, Any, Any]]
    """Each key of what is expected that is in both, with the value that came and the expected one."""
    missing: list[Any]
    extra: list[Any]


def mappings_side_by_side(got: dict[Any, Any] | Pairs, expected: dict[Any, Any] | Pairs) -> Sides:
    """Compare two mappings by their keys."""
    if (
        type(got) is type(expected) is dict
        and got.keys() == expected.keys()
        and all(type(key) is str for key in expected)
    ):
        # The usual case: equal texts are of one kind.
        return Sides([(key, got[key], value) for key, value in expected.items()], [], [])
    return side_by_side(pairs_of(got), pairs_of(expected))


def side_by_side(got: Iterable[tuple[Any, Any]], expected: Iterable[tuple[Any, Any]]) -> Sides:
    """Find the keys of `expected` in `got`; of those in only one of them, no more than `MOST_KEYS` are kept."""
    wanted = {by_kind(key): (key, value) for key, value in expected}
    found: dict[Any, Any] = {}
    extra: list[Any] = []
    for key, value in got:
        kind = by_kind(key)
        if kind in wanted and kind not in found:
            found[kind] = value
        elif len(extra) < MOST_KEYS:
            extra.append(key)
    both = [(key, found[kind], value) for kind, (key, value) in wanted.items() if kind in found]
    missing = (key for kind, (key, _) in wanted.items() if kind not in found)
    return Sides(both, list(itertools.islice(missing, MOST_KEYS)), extra)


def by_kind(key: Any) -> Any:
    """A key or member by its kind as well as its value: 1, 1.0 and True are three, np.int64(1) and 1 are one.

    So it is of the elements of a tuple.
    """
    plain = numbers(key)[0] if isinstance(key, Scalar) else key
    return type(plain), tuple(map(by_kind, plain)) if type(plain) is tuple else plain
