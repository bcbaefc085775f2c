"""Holds an output against the expected one: first kind, shape and dtype, exactly; then values, within a tolerance.

Both are plain values (`llmprep.values`), so nothing of the submission's runs here, and numpy is not needed: outputs
of an exercise are small, and importing numpy would take longer than comparing them.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.values import Array, Raised, Scalar, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from llmprep.model import Tolerance

FORMATS = {
    "bool": "?", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "uint8": "B", "uint16": "H", "uint32": "I",
    "uint64": "Q", "float16": "e", "float32": "f", "float64": "d", "complex64": "f", "complex128": "d",
}  # fmt: skip


MOST_EXTRA = 10
"""Keys that are one too many, told by name."""


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


def numbers(value: Array | Scalar) -> Sequence[Any]:
    """The elements of an array, in C order, as Python numbers."""
    letter = FORMATS[value.dtype]
    size = struct.calcsize(letter)
    flat = struct.unpack(f"<{len(value.data) // size}{letter}", value.data)
    if value.dtype.startswith("complex"):
        return [complex(real, imaginary) for real, imaginary in zip(flat[::2], flat[1::2], strict=True)]
    return flat


def compare(got: Any, expected: Any, tolerance: Tolerance, *, values: bool = True) -> list[Mismatch]:
    """All mismatches, in the order in which the expected value is read; an empty list if there are none.

    Args:
        got: the submission's output.
        expected: what it should be.
        tolerance: for floating-point values.
        values: False holds only kinds, shapes and dtypes against each other.
    """
    return list(_compare(got, expected, tolerance, "", values=values))


def _compare(got: Any, expected: Any, tolerance: Tolerance, path: str, *, values: bool) -> Iterator[Mismatch]:
    if isinstance(expected, Raised) or isinstance(got, Raised):
        yield from _compare_raised(got, expected, path)
    elif isinstance(got, Unsupported):
        yield Mismatch(path, "unsupported", {"type": got.type_name, "expected": kind_of(expected)})
    elif isinstance(expected, Array) and expected.shape:
        yield from _compare_arrays(got, expected, tolerance, path, values=values)
    elif type(expected) in (int, float, complex, Scalar, Array) or type(expected) is bool:
        yield from _compare_numbers(got, expected, tolerance, path, values=values)
    elif type(expected) in (list, tuple):
        yield from _compare_sequences(got, expected, tolerance, path, values=values)
    elif type(expected) is dict:
        yield from _compare_mappings(got, expected, tolerance, path, values=values)
    elif type(got) is not type(expected):
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
    elif values and (_by_kind(got).keys() != _by_kind(expected).keys() if type(got) is set else got != expected):
        yield Mismatch(path, "value", {"got": got, "expected": expected, "off": 1, "total": 1, "index": ()})


def kind_of(value: Any) -> str:
    """What a value is, in the words of Python and numpy."""
    if isinstance(value, Array):
        return f"ndarray of shape {value.shape}, {value.dtype}"
    if isinstance(value, Scalar):
        return f"np.{value.dtype}"
    if isinstance(value, Unsupported):
        return value.type_name
    return "None" if value is None else type(value).__name__


def _compare_raised(got: Any, expected: Any, path: str) -> Iterator[Mismatch]:
    if not isinstance(got, Raised):
        yield Mismatch(path, "not_raised", {"expected": expected.names[0], "got": kind_of(got)})
    elif not isinstance(expected, Raised):
        yield Mismatch(path, "raised", {"got": got.names[0], "message": got.message, "expected": kind_of(expected)})
    elif expected.names[0] not in got.names:
        yield Mismatch(path, "raised", {"got": got.names[0], "message": got.message, "expected": expected.names[0]})


def _compare_sequences(got: Any, expected: Any, tolerance: Tolerance, path: str, *, values: bool) -> Iterator[Mismatch]:
    """A list and a tuple are one kind: they hold the same things."""
    if type(got) not in (list, tuple):
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
        return
    if len(got) != len(expected):
        facts = {"got": len(got), "expected": len(expected)}
        yield Mismatch(path, "length", facts | (_first_part(got, expected, tolerance) if values else {}))
        return
    for index, (one, other) in enumerate(zip(got, expected, strict=True)):
        yield from _compare(one, other, tolerance, f"{path}[{index}]", values=values)


def _first_part(got: Sequence[Any], expected: Sequence[Any], tolerance: Tolerance) -> dict[str, Any]:
    """The first place where two sequences differ, with what stands there, if it is short enough to be told."""
    both = enumerate(zip(got, expected, strict=False))
    found = next(((at, pair) for at, pair in both if next(_compare(*pair, tolerance, "", values=True), None)), None)
    if found is None:
        return {"shared": min(len(got), len(expected))}
    place, (one, other) = found
    return {"place": place, **({"got_there": one, "expected_there": other} if _is_short(one, other) else {})}


def _is_short(*values: Any) -> bool:
    """Whether values are small enough to be among a mismatch's facts, which are kept."""
    return all(
        type(value) in (bool, float)
        or (type(value) is int and value.bit_length() <= LONGEST_TOLD)
        or (type(value) is str and len(value) <= LONGEST_TOLD)
        for value in values
    )


def _compare_mappings(got: Any, expected: Any, tolerance: Tolerance, path: str, *, values: bool) -> Iterator[Mismatch]:
    if type(got) is not dict:
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
        return
    ours, theirs = _by_kind(expected), _by_kind(got)
    if ours.keys() != theirs.keys():
        missing = [key for kind, key in ours.items() if kind not in theirs]
        extra = [key for kind, key in theirs.items() if kind not in ours][:MOST_EXTRA]
        yield Mismatch(path, "keys", {"missing": missing, "extra": extra})
        return
    for kind, key in ours.items():
        yield from _compare(got[theirs[kind]], expected[key], tolerance, f"{path}[{key!r}]", values=values)


def _by_kind(keys: Iterable[Any]) -> dict[Any, Any]:
    """Keys or members, by their kind as well as their value: 1, 1.0 and True are three, np.int64(1) and 1 are one."""
    found = {}
    for key in keys:
        plain = numbers(key)[0] if isinstance(key, Scalar) else key
        found[type(plain), plain] = key
    return found


def _family(value: Any) -> tuple[str, str]:
    """A number's family (bool, int, float, complex) and dtype; a Python number has that of numpy's default."""
    dtype = value.dtype if isinstance(value, (Array, Scalar)) else _DEFAULTS.get(type(value), "")
    family = "int" if "int" in dtype else dtype.rstrip("0123456789")
    return family, dtype


_DEFAULTS: dict[type, str] = {bool: "bool", int: "int64", float: "float64", complex: "complex128"}


def _same_dtype(got: str, expected: str) -> bool:
    """The same dtype; where int64 is expected, any integer type is, for it depends on the platform."""
    return got == expected or (expected == "int64" and "int" in got)


def _compare_arrays(got: Any, expected: Array, tolerance: Tolerance, path: str, *, values: bool) -> Iterator[Mismatch]:
    if not isinstance(got, Array):
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
    elif got.shape != expected.shape:
        yield Mismatch(path, "shape", {"got": got.shape, "expected": expected.shape})
    elif not _same_dtype(got.dtype, expected.dtype):
        yield Mismatch(path, "dtype", {"got": got.dtype, "expected": expected.dtype})
    elif values and not (got.dtype == expected.dtype and got.data == expected.data):
        yield from _compare_elements(numbers(got), numbers(expected), expected, tolerance, path)


def _compare_numbers(got: Any, expected: Any, tolerance: Tolerance, path: str, *, values: bool) -> Iterator[Mismatch]:
    """A single number: Python's, numpy's, or an array without axes; an int may stand for a float, as PEP 484 has it."""
    if type(got) not in (bool, int, float, complex, Scalar) and not (isinstance(got, Array) and not got.shape):
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
        return
    (got_family, got_dtype), (family, dtype) = _family(got), _family(expected)
    promoted = type(got) is int and family == "float"
    if got_family != family and not promoted:
        yield Mismatch(path, "kind", {"got": kind_of(got), "expected": kind_of(expected)})
    elif family in ("float", "complex") and got_dtype != dtype and not promoted:
        yield Mismatch(path, "dtype", {"got": got_dtype, "expected": dtype})
    elif values:
        pair = [list(numbers(one)) if isinstance(one, (Array, Scalar)) else [one] for one in (got, expected)]
        yield from _compare_elements(pair[0], pair[1], Array(dtype, (), b""), tolerance, path)


def _compare_elements(
    got: Sequence[Any], expected: Sequence[Any], form: Array, tolerance: Tolerance, path: str
) -> Iterator[Mismatch]:
    """Elements beside elements: how many are off, and the worst of them."""
    if "float" in form.dtype or "complex" in form.dtype:
        off = _float_differences(got, expected, tolerance)
    else:
        off = [
            (place, _excess(one, other))
            for place, (one, other) in enumerate(zip(got, expected, strict=True))
            if one != other
        ]
    if not off:
        return
    worst = max(off, key=lambda pair: pair[1])[0]
    first = off[0][0]
    yield Mismatch(
        path,
        "value",
        {
            "off": len(off),
            "total": len(expected),
            "index": unravel(worst, form.shape),
            "got": got[worst],
            "expected": expected[worst],
            "first": unravel(first, form.shape),
            "places": [place for place, _ in off],
        },
    )


def _excess(got: Any, expected: Any) -> float:
    try:
        return float(abs(got - expected))
    except OverflowError:
        return math.inf


def _float_differences(got: Sequence[Any], expected: Sequence[Any], tolerance: Tolerance) -> list[tuple[int, float]]:
    """The places that differ by more than the tolerance, each with by how much; NaN only where NaN is expected."""
    off = []
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
        elif one != one and other != other:  # noqa: PLR0124  (NaN)
            continue
        off.append((place, math.inf if difference != difference else difference))  # noqa: PLR0124
    return off


def _is_finite(value: Any) -> bool:
    if type(value) is complex:
        return math.isfinite(value.real) and math.isfinite(value.imag)
    return math.isfinite(value)


def unravel(place: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The index, one number an axis, of an element counted in C order."""
    index = []
    for extent in reversed(shape):
        place, at = divmod(place, extent)
        index.append(at)
    return tuple(reversed(index))
