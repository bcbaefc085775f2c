"""Compare an output with the expected one: first kind, shape and dtype, exactly; then values, within a tolerance.

Both are plain values (`llmprep.values`), so nothing of the submission's runs here, and numpy is not needed: outputs
of an exercise are small, and importing numpy would take longer than comparing them.

What is expected bounds the work: sizes are compared before anything else, and only what is expected is put in a table,
since the hashes of what a submission sent may have been chosen to collide.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.keys import Path, mappings_side_by_side, members_of, side_by_side, size_of, written
from llmprep.values import Array, Members, Pairs, Raised, Scalar, Unsupported, kind_of, numbers, unravel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.model import Tolerance

MOST_MISMATCHES = 50
"""Mismatches reported for one output."""


LONGEST_TOLD = 200
"""Characters of a text, or bits of an integer, up to which it is among the facts of a mismatch of lengths."""


class Mismatch(NamedTuple):
    """One way in which an output differs.

    `kind` is one of "kind", "shape", "dtype", "length", "keys", "value", "not_raised", "raised", "unsupported"; `path`
    leads to the place, such as `[0]['loss']`; `facts` are what a message names.
    """

    path: str
    kind: str
    facts: dict[str, Any]


class _How(NamedTuple):
    """How two values are compared."""

    tolerance: Tolerance
    values: bool = True
    """False compares only kinds, shapes and dtypes."""
    whole: bool = True
    """False stops at the first mismatch."""


def compare(got: Any, expected: Any, tolerance: Tolerance, *, values: bool = True) -> list[Mismatch]:
    """Return the first `MOST_MISMATCHES`, in the order of the expected value; an empty list if there are none.

    Args:
        got: the submission's output.
        expected: what it should be.
        tolerance: for floating-point values.
        values: False compares only kinds, shapes and dtypes.
    """
    return list(itertools.islice(_compare(got, expected, _How(tolerance, values), ()), MOST_MISMATCHES))


def differs(got: Any, expected: Any, tolerance: Tolerance) -> bool:
    """Return whether there is any mismatch; what comes after the first is not looked at."""
    return next(_compare(got, expected, _How(tolerance, whole=False), ()), None) is not None


def _compare(got: Any, expected: Any, how: _How, path: Path) -> Iterator[Mismatch]:
    if isinstance(expected, Raised) or isinstance(got, Raised):
        yield from _compare_raised(got, expected, path)
    elif isinstance(got, Unsupported):
        yield Mismatch(written(path), "unsupported", {"type": got.type_name, "expected": kind_of(expected)})
    elif isinstance(expected, Array) and expected.shape:
        yield from _compare_arrays(got, expected, how, path)
    elif type(expected) in (int, float, complex, Scalar, Array) or type(expected) is bool:
        yield from _compare_numbers(got, expected, how, path)
    elif type(expected) in (list, tuple):
        yield from _compare_sequences(got, expected, how, path)
    elif type(expected) in (dict, Pairs):
        yield from _compare_mappings(got, expected, how, path)
    elif type(expected) in (set, Members):
        yield from _compare_sets(got, expected, how, path)
    elif type(got) is not type(expected):
        yield _of_another_kind(got, expected, path)
    elif how.values and got != expected:
        yield Mismatch(written(path), "value", _alone(got, expected))


def _of_another_kind(got: Any, expected: Any, path: Path) -> Mismatch:
    return Mismatch(written(path), "kind", {"got": kind_of(got), "expected": kind_of(expected)})


def _alone(got: Any, expected: Any) -> dict[str, Any]:
    """Return the facts of two values that are compared as a whole."""
    return {"got": got, "expected": expected, "off": 1, "total": 1, "index": ()}


def _compare_raised(got: Any, expected: Any, path: Path) -> Iterator[Mismatch]:
    if not isinstance(got, Raised):
        yield Mismatch(written(path), "not_raised", {"expected": expected.names[0], "got": kind_of(got)})
    elif not isinstance(expected, Raised):
        facts = {"got": got.names[0], "message": got.message, "expected": kind_of(expected)}
        yield Mismatch(written(path), "raised", facts)
    elif expected.names[0] not in got.names:
        facts = {"got": got.names[0], "message": got.message, "expected": expected.names[0]}
        yield Mismatch(written(path), "raised", facts)


def _compare_sequences(got: Any, expected: Any, how: _How, path: Path) -> Iterator[Mismatch]:
    """A list and a tuple are one kind: they hold the same things."""
    if type(got) not in (list, tuple):
        yield _of_another_kind(got, expected, path)
        return
    if len(got) != len(expected):
        facts = {"got": len(got), "expected": len(expected)}
        yield Mismatch(written(path), "length", facts | (_first_part(got, expected, how) if how.values else {}))
        return
    for index, (one, other) in enumerate(zip(got, expected, strict=True)):
        yield from _compare(one, other, how, (path, index))


def _first_part(got: Sequence[Any], expected: Sequence[Any], how: _How) -> dict[str, Any]:
    """Return the first place where two sequences differ, with the two values if they are short enough."""
    both = enumerate(zip(got, expected, strict=False))
    found = next(((at, pair) for at, pair in both if next(_compare(*pair, how, ()), None)), None)
    if found is None:
        return {"shared": min(len(got), len(expected))}
    place, (one, other) = found
    return {"place": place, **({"got_there": one, "expected_there": other} if _is_short(one, other) else {})}


def _is_short(*values: Any) -> bool:
    """Return whether values are small enough to be stored in a mismatch's facts."""
    return all(
        type(value) in (bool, float)
        or (type(value) is int and value.bit_length() <= LONGEST_TOLD)
        or (type(value) is str and len(value) <= LONGEST_TOLD)
        for value in values
    )


def _compare_mappings(got: Any, expected: Any, how: _How, path: Path) -> Iterator[Mismatch]:
    if type(got) not in (dict, Pairs):
        yield _of_another_kind(got, expected, path)
        return
    if not how.whole and size_of(got) != size_of(expected):
        yield Mismatch(written(path), "keys", {})
        return
    sides = mappings_side_by_side(got, expected)
    if sides.missing or sides.extra:
        yield Mismatch(written(path), "keys", {"missing": sides.missing, "extra": sides.extra})
        return
    for key, one, other in sides.both:
        yield from _compare(one, other, how, (path, (key,)))


def _compare_sets(got: Any, expected: Any, how: _How, path: Path) -> Iterator[Mismatch]:
    if type(got) not in (set, Members):
        yield _of_another_kind(got, expected, path)
    elif how.values:
        same = size_of(got) == size_of(expected)
        sides = side_by_side(*([(one, None) for one in members_of(side)] for side in (got, expected))) if same else None
        if sides is None or sides.missing or sides.extra:
            yield Mismatch(written(path), "value", _alone(got, expected))


def _family(value: Any) -> tuple[str, str]:
    """Return a number's family (bool, int, float, complex) and dtype; a Python number has numpy's default."""
    dtype = value.dtype if isinstance(value, (Array, Scalar)) else _DEFAULTS.get(type(value), "")
    family = "int" if "int" in dtype else dtype.rstrip("0123456789")
    return family, dtype


_DEFAULTS: dict[type, str] = {bool: "bool", int: "int64", float: "float64", complex: "complex128"}


def _same_dtype(got: str, expected: str) -> bool:
    """The same dtype; where int64 is expected, any integer type is, for it depends on the platform."""
    return got == expected or (expected == "int64" and "int" in got)


def _compare_arrays(got: Any, expected: Array, how: _How, path: Path) -> Iterator[Mismatch]:
    if not isinstance(got, Array):
        yield _of_another_kind(got, expected, path)
    elif got.shape != expected.shape:
        yield Mismatch(written(path), "shape", {"got": got.shape, "expected": expected.shape})
    elif not _same_dtype(got.dtype, expected.dtype):
        yield Mismatch(written(path), "dtype", {"got": got.dtype, "expected": expected.dtype})
    elif how.values and not (got.dtype == expected.dtype and got.data == expected.data):
        yield from _compare_elements(numbers(got), numbers(expected), expected, how, path)


def _compare_numbers(got: Any, expected: Any, how: _How, path: Path) -> Iterator[Mismatch]:
    """A single number: Python's, numpy's, or an array without axes; an int may stand for a float, as PEP 484 has it."""
    if type(got) not in (bool, int, float, complex, Scalar) and not (isinstance(got, Array) and not got.shape):
        yield _of_another_kind(got, expected, path)
        return
    (got_family, got_dtype), (family, dtype) = _family(got), _family(expected)
    promoted = type(got) is int and family == "float"
    if got_family != family and not promoted:
        yield _of_another_kind(got, expected, path)
    elif family in ("float", "complex") and got_dtype != dtype and not promoted:
        yield Mismatch(written(path), "dtype", {"got": got_dtype, "expected": dtype})
    elif how.values and got != expected:
        pair = [numbers(one) if isinstance(one, (Array, Scalar)) else [one] for one in (got, expected)]
        yield from _compare_elements(pair[0], pair[1], Array(dtype, (), b""), how, path)


def _compare_elements(
    got: Sequence[Any], expected: Sequence[Any], form: Array, how: _How, path: Path
) -> Iterator[Mismatch]:
    """Compare elements pairwise: count those that differ, and find the worst."""
    inexact = "float" in form.dtype or "complex" in form.dtype
    off = _float_differences(got, expected, how.tolerance) if inexact else _exact_differences(got, expected)
    count, worst, most = 0, 0, -1.0
    for place, difference in off:
        count += 1
        if difference > most:
            worst, most = place, difference
        if not how.whole:
            break
    if count:
        index = unravel(worst, form.shape)
        facts = {"off": count, "total": len(expected), "index": index, "got": got[worst], "expected": expected[worst]}
        yield Mismatch(written(path), "value", facts)


def _exact_differences(got: Sequence[Any], expected: Sequence[Any]) -> Iterator[tuple[int, float]]:
    """Yield the places that differ, each with its error."""
    for place, (one, other) in enumerate(zip(got, expected, strict=True)):
        if one != other:
            yield place, _excess(one, other)


def _excess(got: Any, expected: Any) -> float:
    try:
        return float(abs(got - expected))
    except OverflowError:
        return math.inf


def _float_differences(
    got: Sequence[Any], expected: Sequence[Any], tolerance: Tolerance
) -> Iterator[tuple[int, float]]:
    """Yield the places that differ by more than the tolerance, each with its error; NaN matches only NaN."""
    finite = [abs(value) for value in expected if _is_finite(value)]
    floor = tolerance.atol * (max(finite, default=0.0) or 1.0)
    rtol = tolerance.rtol
    for place, (one, other) in enumerate(zip(got, expected, strict=True)):
        if one == other:
            continue
        try:
            difference = abs(one - other)
        except OverflowError:
            difference = math.inf
        if _is_finite(other):
            if difference <= rtol * abs(other) + floor:
                continue
        elif all(_is_same_part(*parts, rtol, floor) for parts in zip(_parts(one), _parts(other), strict=True)):
            continue
        yield place, math.inf if difference != difference else difference  # noqa: PLR0124


def _parts(value: Any) -> tuple[Any, Any]:
    """The real and the imaginary part."""
    return (value.real, value.imag)


def _is_same_part(one: Any, other: Any, rtol: float, floor: float) -> bool:
    """Whether a part of a number that is not finite is right; NaN only where NaN is expected."""
    if one == other or (one != one and other != other):  # noqa: PLR0124  (NaN)
        return True
    return math.isfinite(other) and abs(one - other) <= rtol * abs(other) + floor


def _is_finite(value: Any) -> bool:
    if type(value) is complex:
        return math.isfinite(value.real) and math.isfinite(value.imag)
    return math.isfinite(value)
