"""Plain values that cross between processes.

Beside Python's own None, bool, int, float, complex, str, bytes, list, tuple, dict and set, a value is one of these.
They hold bytes, never numpy objects, so that the parent neither imports numpy nor runs anybody's code to look at
them.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ITEM_SIZES: dict[str, int] = {
    "bool": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint8": 1, "uint16": 2, "uint32": 4, "uint64": 8,
    "float16": 2, "float32": 4, "float64": 8, "complex64": 8, "complex128": 16,
}  # fmt: skip
"""The dtypes that cross, by numpy's name, with their size in bytes; all little-endian."""

STRUCT_CODES = {
    "bool": "?", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "uint8": "B", "uint16": "H", "uint32": "I",
    "uint64": "Q", "float16": "e", "float32": "f", "float64": "d", "complex64": "f", "complex128": "d",
}  # fmt: skip
"""The letters of `struct` for their elements, or for the parts of complex ones."""


class Array(NamedTuple):
    """An array: `data` holds its elements in C order.

    `layout` is how an input lies in memory when it arrives: "C", "F" (Fortran order) or "S" (strided: every second
    element of a larger buffer). A submission must not care.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    layout: str = "C"


class Scalar(NamedTuple):
    """A numpy scalar, such as `np.float32(1.5)`."""

    dtype: str
    data: bytes


class Pairs(NamedTuple):
    """A mapping whose keys a submission chose, as its pairs of key and value, in order.

    Numbers can be chosen so that their hashes collide, and a `dict` of them takes quadratic time to build. A large
    mapping that came from a submission and has keys other than texts is therefore never made a `dict`.
    """

    pairs: tuple[tuple[Any, Any], ...]

    def __hash__(self) -> int:
        """Raise TypeError, as a dict does."""
        raise TypeError("unhashable")


class Members(NamedTuple):
    """A set whose members a submission chose; kept as a sequence for the same reason."""

    members: tuple[Any, ...]

    def __hash__(self) -> int:
        """Raise TypeError, as a set does."""
        raise TypeError("unhashable")


class Generator(NamedTuple):
    """An input that arrives as `np.random.default_rng(seed)`."""

    seed: int


class Bound(NamedTuple):
    """An input that arrives as a function: the exercise's helper `name` with its first arguments filled in."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Arguments(NamedTuple):
    """The arguments of a call."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Call(NamedTuple):
    """One step of a script: a method call, or, with no arguments at all, a look at an attribute."""

    name: str
    arguments: Arguments | None


class Script(NamedTuple):
    """How a class is driven: constructed with `init`, then taken through `calls`; each gives one output."""

    init: Arguments
    calls: tuple[Call, ...]


class Raised(NamedTuple):
    """An outcome that is an exception: its type's name, then its bases' names, and what it said."""

    names: tuple[str, ...]
    message: str


class Unsupported(NamedTuple):
    """An output that is not a plain value: the name of its type."""

    type_name: str


def numbers(value: Array | Scalar) -> Sequence[Any]:
    """Return the elements of an array, in C order, as Python numbers."""
    letter = STRUCT_CODES[value.dtype]
    size = struct.calcsize(letter)
    flat = struct.unpack(f"<{len(value.data) // size}{letter}", value.data)
    if value.dtype.startswith("complex"):
        return [complex(real, imaginary) for real, imaginary in zip(flat[::2], flat[1::2], strict=True)]
    return flat


def kind_of(value: Any) -> str:
    """Return what a value is, in the words of Python and numpy."""
    if isinstance(value, Array):
        return f"ndarray of shape {value.shape}, {value.dtype}"
    if isinstance(value, Scalar):
        return f"np.{value.dtype}"
    if isinstance(value, Unsupported):
        return value.type_name
    if isinstance(value, (Pairs, Members)):
        return "dict" if isinstance(value, Pairs) else "set"
    return "None" if value is None else type(value).__name__


def unravel(place: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the index, one number per axis, of an element counted in C order."""
    index = []
    for extent in reversed(shape):
        place, at = divmod(place, extent)
        index.append(at)
    return tuple(reversed(index))
