"""Find the ways in which an output's elements are right and in the wrong places."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from llmprep.checking.diagnosis.evidence import Trait
from llmprep.values import Array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.checking.diagnosis.evidence import Pair

LARGEST = 2_000
"""Elements beyond which arrangements are not tried."""
FEWEST = 3
"""Distinct elements from which an order can be told from another."""
MOST_AXES = 4

Index = tuple[int, ...]


@lru_cache(maxsize=16)
def _indices(shape: Index) -> tuple[Index, ...]:
    return tuple(itertools.product(*map(range, shape)))


def _flat(index: Index, shape: Index) -> int:
    place = 0
    for at, extent in zip(index, shape, strict=True):
        place = place * extent + at
    return place


def _moved(pair: Pair, source: Callable[[Index], Index | None]) -> bool:
    """Return whether the element at each index is the expected one at `source(index)`; None leaves an index out."""
    shape, values = pair.expected.shape, pair.expected.values
    chosen = [(at, source(index)) for at, index in enumerate(_indices(pair.got.shape))]
    kept = [(pair.got.values[at], values[_flat(index, shape)]) for at, index in chosen if index is not None]
    return len(kept) > 1 and pair.near([one for one, _ in kept], [other for _, other in kept])


def arrangements(pair: Pair) -> Iterator[Trait]:
    """Yield every way in which the elements are the expected ones in other places, the simplest first."""
    got, expected = pair.got, pair.expected
    if not 1 < len(expected.values) <= LARGEST or len(got.values) > LARGEST:
        return
    if not pair.same_shape and len(got.values) == len(expected.values):
        without_ones = [tuple(extent for extent in one.shape if extent > 1) for one in (got, expected)]
        if pair.near(got.values, expected.values):
            yield Trait("diagnose.axis_of_one" if without_ones[0] == without_ones[1] else "diagnose.reshaped")
    yield from _transposed(pair)
    if len(set(expected.values)) < FEWEST:
        return
    if pair.same_shape:
        yield from _along_axes(pair)
        ours, theirs = _sorted(got.values), _sorted(expected.values)
        if ours is not None and theirs is not None and pair.near(ours, theirs):
            yield Trait("diagnose.permuted")
    elif len(got.shape) == 1 == len(expected.shape):
        yield from _cut(pair)


def _transposed(pair: Pair) -> Iterator[Trait]:
    shape = pair.expected.shape
    if not 1 < len(shape) <= MOST_AXES or len(pair.got.shape) != len(shape):
        return
    for axes in itertools.permutations(range(len(shape))):
        if axes == tuple(range(len(shape))) or pair.got.shape != tuple(shape[axis] for axis in axes):
            continue
        # got[index] is expected[source] with source[axes[i]] = index[i].
        places = tuple(axes.index(axis) for axis in range(len(shape)))
        if _moved(pair, lambda index, places=places: tuple(index[place] for place in places)):  # type: ignore[misc]
            if len(shape) == 2:  # noqa: PLR2004
                yield Trait("diagnose.transposed")
            else:
                yield Trait("diagnose.axes_swapped", {"order": axes})


def _along_axes(pair: Pair) -> Iterator[Trait]:
    shape = pair.expected.shape
    for axis, extent in enumerate(shape):
        if extent < 2:  # noqa: PLR2004
            continue

        def at(index: Index, place: int, axis: int = axis) -> Index:
            return (*index[:axis], place, *index[axis + 1 :])

        if _moved(pair, lambda i, axis=axis, extent=extent, at=at: at(i, extent - 1 - i[axis])):  # type: ignore[misc]
            yield Trait("diagnose.flipped", {"axis": axis})
        if extent < FEWEST:
            continue
        for shift in (1, -1):
            if _moved(pair, lambda i, axis=axis, extent=extent, at=at, s=shift: at(i, (i[axis] - s) % extent)):  # type: ignore[misc]
                yield Trait("diagnose.rolled", {"axis": axis, "shift": shift})
            elif _moved(
                pair,
                lambda i, axis=axis, extent=extent, at=at, s=shift: (  # type: ignore[misc]
                    at(i, i[axis] - s) if 0 <= i[axis] - s < extent else None
                ),
            ):
                yield Trait("diagnose.late" if shift > 0 else "diagnose.early", {"axis": axis})


def _sorted(values: tuple[Any, ...]) -> list[Any] | None:
    return None if any(value != value for value in values) else sorted(values)  # noqa: PLR0124  (NaN)


def _cut(pair: Pair) -> Iterator[Trait]:
    """Yield what is missing or too much at an end, where one row is shorter or longer than the other."""
    got, expected = pair.got.values, pair.expected.values
    missing = len(expected) - len(got)
    whole, part = (expected, got) if missing > 0 else (got, expected)
    if len(part) < 2:  # noqa: PLR2004
        return
    kind = "missing" if missing > 0 else "extra"
    if pair.near(part, whole[: len(part)]):
        yield Trait(f"diagnose.{kind}_last", {}, {"count": abs(missing)})
    elif pair.near(part, whole[-len(part) :]):
        yield Trait(f"diagnose.{kind}_first", {}, {"count": abs(missing)})


def reductions(pair: Pair) -> Iterator[Trait]:
    """Yield shapes that an input has when another of its axes is reduced than the one that should be."""
    for name, value in pair.arguments.items():
        shape = value.shape if isinstance(value, Array) else ()
        for axis, other in itertools.permutations(range(len(shape)), 2):
            for left in (lambda at, s=shape: s[:at] + s[at + 1 :], lambda at, s=shape: (*s[:at], 1, *s[at + 1 :])):
                if left(axis) == pair.expected.shape and left(other) == pair.got.shape and not pair.same_shape:
                    yield Trait("diagnose.reduced_axis", {"name": name, "axis": axis, "other": other})


def normalizations(pair: Pair) -> Iterator[Trait]:
    """Yield sums, or sums of squares, that are the same along one axis and should be so along another."""
    if not pair.same_shape or len(pair.expected.shape) < 2 or not pair.numeric:  # noqa: PLR2004
        return
    for power in (1, 2):
        for axis, other in itertools.permutations(range(len(pair.expected.shape)), 2):
            constant = _constant_sum(pair, pair.expected.values, axis, power)
            if constant is None or _constant_sum(pair, pair.expected.values, other, power) is not None:
                continue
            found = _constant_sum(pair, pair.got.values, other, power)
            if found is not None and _constant_sum(pair, pair.got.values, axis, power) is None:
                yield Trait("diagnose.normalized_axis", {"axis": axis, "other": other})


def _constant_sum(pair: Pair, values: tuple[Any, ...], axis: int, power: int) -> float | None:
    """Return the sum of powers along an axis, where it is 0 or else the same on every line of several."""
    shape = pair.expected.shape
    exact = all(type(value) is int for value in values)
    largest = max(map(abs, values), default=0.0)
    size = largest * (largest if power > 1 else 1) * shape[axis]
    if not exact and not math.isfinite(size):
        return None
    lines: dict[Index, float] = {}
    for at, index in enumerate(_indices(shape)):
        line = (*index[:axis], *index[axis + 1 :])
        lines[line] = lines.get(line, 0) + values[at] ** power
    sums = list(lines.values())
    if len(sums) < 2:  # noqa: PLR2004
        return None
    slack = 0.0 if exact else max(pair.tolerance.rtol, 1e-7) * size + 1e-12
    return sums[0] if max(sums) - min(sums) <= slack else None
