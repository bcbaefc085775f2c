"""The format in which plain values cross between processes.

A value is a tag byte and what the tag asks for. Integers of the format are little-endian; a count or length is four
bytes. The decoder believes nothing: it never executes, never reads past the end, never builds more than the bytes
carry, and refuses all else with `WireError`.

    N none   T true   F false   i integer (length, two's complement)   d float   c complex
    s text (length, UTF-8)   b bytes (length)   l list   t tuple   m mapping   e set (count, values)
    a array (dtype, layout, rank, extents of eight bytes, elements)   x numpy scalar (dtype, element)
    G generator   B bound helper   A arguments   C call   S script   R raised   U unsupported: a tuple of their fields
"""

from __future__ import annotations

import struct
from typing import Any

from llmprep.values import ITEM_SIZES, Arguments, Array, Bound, Call, Generator, Raised, Scalar, Script, Unsupported

DTYPES = tuple(ITEM_SIZES)
LAYOUTS = "CFS"
RECORDS: dict[str, type] = {
    "G": Generator,
    "B": Bound,
    "A": Arguments,
    "C": Call,
    "S": Script,
    "R": Raised,
    "U": Unsupported,
}
TAGS = {record: tag.encode() for tag, record in RECORDS.items()}

DEEPEST = 50
"""Values nest no deeper: neither side's stack can be exhausted."""
LONGEST_INTEGER = 4096
"""Bytes of an integer: 10,000 digits."""
LARGEST_RANK = 32


class WireError(ValueError):
    """Bytes that are no value, or a value that has no bytes."""


def encode(value: Any) -> bytes:
    """The bytes of a plain value.

    Raises:
        WireError: the value, or something in it, is not plain, or it nests too deep.
    """
    parts: list[bytes] = []
    _encode(value, parts, 0)
    return b"".join(parts)


def _count(number: int) -> bytes:
    return struct.pack("<I", number)


def _encode(value: Any, parts: list[bytes], depth: int) -> None:
    if depth > DEEPEST:
        raise WireError("too deep")
    kind = type(value)
    if value is None:
        parts.append(b"N")
    elif kind is bool:
        parts.append(b"T" if value else b"F")
    elif kind is int:
        size = (value.bit_length() + 8) // 8
        if size > LONGEST_INTEGER:
            raise WireError("integer too long")
        parts += (b"i", _count(size), value.to_bytes(size, "little", signed=True))
    elif kind is float:
        parts += (b"d", struct.pack("<d", value))
    elif kind is complex:
        parts += (b"c", struct.pack("<dd", value.real, value.imag))
    elif kind is str:
        data = value.encode("utf-8", "surrogatepass")
        parts += (b"s", _count(len(data)), data)
    elif kind is bytes:
        parts += (b"b", _count(len(value)), value)
    elif kind is Array:
        parts += (b"a", bytes((DTYPES.index(value.dtype), LAYOUTS.index(value.layout), len(value.shape))))
        parts += (struct.pack(f"<{len(value.shape)}Q", *value.shape), value.data)
    elif kind is Scalar:
        parts += (b"x", bytes((DTYPES.index(value.dtype),)), value.data)
    elif kind in TAGS:
        parts.append(TAGS[kind])
        _encode(tuple(value), parts, depth + 1)
    elif kind is list or kind is tuple or kind is set:
        parts += (b"l" if kind is list else b"t" if kind is tuple else b"e", _count(len(value)))
        for element in value:
            _encode(element, parts, depth + 1)
    elif kind is dict:
        parts += (b"m", _count(len(value)))
        for key, element in value.items():
            _encode(key, parts, depth + 1)
            _encode(element, parts, depth + 1)
    else:
        raise WireError(kind.__name__)


def decode(data: bytes) -> Any:
    """The value that `data`, all of it, stands for.

    Raises:
        WireError: it stands for none.
    """
    reader = _Reader(data)
    value = reader.value(0)
    if reader.position != len(data):
        raise WireError("trailing bytes")
    return value


class _Reader:
    """A position in bytes that somebody else wrote."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, size: int) -> bytes:
        end = self.position + size
        if end > len(self.data):
            raise WireError("cut short")
        piece = self.data[self.position : end]
        self.position = end
        return piece

    def count(self) -> int:
        """How many values follow; each has a byte at least, so no list outgrows the bytes that declare it."""
        number: int = struct.unpack("<I", self.take(4))[0]
        if number > len(self.data) - self.position:
            raise WireError("count past the end")
        return number

    def value(self, depth: int) -> Any:
        if depth > DEEPEST:
            raise WireError("too deep")
        tag = chr(self.take(1)[0])
        if tag in "NTF":
            return {"N": None, "T": True, "F": False}[tag]
        if tag == "d":
            return struct.unpack("<d", self.take(8))[0]
        if tag == "i":
            size = self.count()
            if size > LONGEST_INTEGER:
                raise WireError("integer too long")
            return int.from_bytes(self.take(size), "little", signed=True)
        if tag == "a":
            return self.array()
        if tag == "s":
            try:
                return self.take(self.count()).decode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                raise WireError("text is not UTF-8") from error
        if tag in "lte":
            elements = [self.value(depth + 1) for _ in range(self.count())]
            if tag == "e":
                return self.hashable(set, elements)
            return elements if tag == "l" else tuple(elements)
        if tag == "m":
            pairs = [(self.value(depth + 1), self.value(depth + 1)) for _ in range(self.count())]
            return self.hashable(dict, pairs)
        if tag == "x":
            dtype = self.dtype()
            return Scalar(dtype, self.take(ITEM_SIZES[dtype]))
        if tag == "b":
            return self.take(self.count())
        if tag == "c":
            return complex(*struct.unpack("<dd", self.take(16)))
        if tag in RECORDS:
            return self.record(tag, self.value(depth + 1))
        raise WireError("unknown tag")

    def dtype(self) -> str:
        code = self.take(1)[0]
        if code >= len(DTYPES):
            raise WireError("unknown dtype")
        return DTYPES[code]

    def array(self) -> Array:
        dtype = self.dtype()
        layout, rank = self.take(2)
        if layout >= len(LAYOUTS) or rank > LARGEST_RANK:
            raise WireError("no such array")
        shape = struct.unpack(f"<{rank}Q", self.take(8 * rank))
        size = ITEM_SIZES[dtype]
        for extent in shape:
            size *= extent
        return Array(dtype, shape, self.take(size), LAYOUTS[layout])

    @staticmethod
    def hashable(kind: type, elements: list[Any]) -> Any:
        try:
            built = kind(elements)
        except TypeError as error:
            raise WireError("unhashable") from error
        if len(built) != len(elements):
            raise WireError("the same key twice")
        return built

    @staticmethod
    def record(tag: str, fields: Any) -> Any:
        """A record from its fields, each of the type that it is used as."""
        if type(fields) is not tuple:
            raise WireError("a record is a tuple")
        kinds = tuple(type(field) for field in fields)
        good = {
            "G": kinds == (int,),
            "B": kinds == (str, tuple, dict) and all(type(name) is str for name in fields[2]),
            "A": kinds == (tuple, dict) and all(type(name) is str for name in fields[1]),
            "C": kinds in ((str, Arguments), (str, type(None))),
            "S": kinds == (Arguments, tuple) and all(type(call) is Call for call in fields[1]),
            "R": kinds == (tuple, str) and bool(fields[0]) and all(type(name) is str for name in fields[0]),
            "U": kinds == (str,),
        }[tag]
        if not good:
            raise WireError("fields of a record")
        return RECORDS[tag](*fields)
