"""Encode and decode plain values that cross between processes.

A value is a tag byte and what the tag asks for. Integers of the format are little-endian; a count or length is four
bytes. The decoder believes nothing: it never executes, never reads past the end, never builds more than the bytes
carry and its allowance permits, and refuses all else with `WireError`. Each value has one encoding only.

    N none   T true   F false   i integer (length, two's complement)   d float   c complex
    s text (length, UTF-8)   b bytes (length)   l list   t tuple   m mapping   e set (count, values)
    a array (dtype, layout, rank, extents of eight bytes, elements)   x numpy scalar (dtype, element)
    G generator   B bound helper   A arguments   C call   S script   R raised   U unsupported: a tuple of their fields
"""

from __future__ import annotations

import struct
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from llmprep.values import (
    ITEM_SIZES,
    Arguments,
    Array,
    Bound,
    Call,
    Generator,
    Members,
    Pairs,
    Raised,
    Scalar,
    Script,
    Unsupported,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

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
CONSTANTS = {ord("N"): None, ord("T"): True, ord("F"): False}
COUNT, FLOAT, COMPLEX = struct.Struct("<I"), struct.Struct("<d"), struct.Struct("<dd")

DEEPEST = 50
"""Values nest no deeper: neither side's stack can be exhausted."""
DEEPEST_ANSWER = DEEPEST - 6
"""What a worker says nests less deep, so that it can be part of what another worker is asked."""
LONGEST_INTEGER = 4096
"""Bytes of an integer: 10,000 digits."""
LARGEST_RANK = 32
VALUE_BYTES = 128
"""About what one value takes, once it is built, in memory and in time: five bytes may stand for an empty set."""
MOST_VALUES = 1 << 23
MOST_COLLISIONS = 16
"""Keys of one hash, and keys whose hashes may be chosen: a thousand times as many would take a million times as long to
put in a mapping."""
SECRET_HASHES: tuple[type, ...] = (str, bytes) if sys.flags.hash_randomization else ()
"""Types of keys whose hashes cannot be predicted outside this process."""
SURROGATE = 0xED
"""The first byte in UTF-8 of every surrogate, and of few other characters."""
LONGEST_NAME, LONGEST_MESSAGE, MOST_NAMES = 80, 2000, 64
"""What exceptions and types are told by."""


class WireError(ValueError):
    """Bytes that are no value, or a value that has no bytes."""


class TooManyValuesError(WireError):
    """More values than were allowed for."""


def encode(value: Any) -> bytes:
    """Return the bytes of a plain value.

    Raises:
        WireError: the value, or something in it, is not plain, or it nests too deep.
    """
    parts: list[bytes] = []
    _encode((value,), parts, 0)
    return b"".join(parts)


def _encode(values: Iterable[Any], parts: list[bytes], depth: int) -> None:
    """Put the bytes of each value behind `parts`: one call a sequence, since calls are what takes the time."""
    if depth > DEEPEST:
        raise WireError("too deep")
    for value in values:
        kind = type(value)
        if value is None:
            parts.append(b"N")
        elif kind is str:
            data = value.encode("utf-8", "surrogatepass")
            parts += (b"s", COUNT.pack(len(data)), data)
        elif kind is int:
            size = (value.bit_length() + 8) // 8
            if size > LONGEST_INTEGER:
                raise WireError("integer too long")
            parts += (b"i", COUNT.pack(size), value.to_bytes(size, "little", signed=True))
        elif kind is bool:
            parts.append(b"T" if value else b"F")
        elif kind is float:
            parts += (b"d", FLOAT.pack(value))
        elif kind is Array:
            rank = len(value.shape)
            parts += (b"a", bytes((DTYPES.index(value.dtype), LAYOUTS.index(value.layout), rank)))
            parts += (struct.pack(f"<{rank}Q", *value.shape), value.data)
        elif kind is tuple or kind is list or kind is set:
            parts += (b"t" if kind is tuple else b"l" if kind is list else b"e", COUNT.pack(len(value)))
            if value:
                _encode(value, parts, depth + 1)
        elif kind is dict:
            parts += (b"m", COUNT.pack(len(value)))
            if value:
                _encode((one for pair in value.items() for one in pair), parts, depth + 1)
        elif kind is Pairs:
            parts += (b"m", COUNT.pack(len(value.pairs)))
            _encode((one for pair in value.pairs for one in pair), parts, depth + 1)
        elif kind is Members:
            parts += (b"e", COUNT.pack(len(value.members)))
            _encode(value.members, parts, depth + 1)
        elif kind in TAGS:
            parts.append(TAGS[kind])
            _encode((tuple(value),), parts, depth + 1)
        else:
            parts += _rare(value)


def _rare(value: Any) -> tuple[bytes, ...]:
    """Return the bytes of a value of a rare kind.

    Raises:
        WireError: it is not plain.
    """
    kind = type(value)
    if kind is Scalar:
        return b"x", bytes((DTYPES.index(value.dtype),)), value.data
    if kind is bytes:
        return b"b", COUNT.pack(len(value)), value
    if kind is complex:
        return b"c", COMPLEX.pack(value.real, value.imag)
    raise WireError(kind.__name__)


def decode(data: bytes) -> Any:
    """Return the value that `data`, all of it, encodes.

    Raises:
        WireError: it stands for none.
    """
    return Decoder().decode(data)


class Decoder:
    """Reads values that somebody else wrote, one after the other, out of one allowance.

    Args:
        values: how many values it may build in all.
        deepest: how deep they may nest.
        records: the tags of the records among them.
        foreign: whether a submission may have chosen the keys. Then mappings and sets of more than `MOST_COLLISIONS`
            keys, not all of them texts, are left as `Pairs` and `Members`: no table of them is built.
    """

    def __init__(
        self,
        values: int = MOST_VALUES,
        deepest: int = DEEPEST,
        records: str = "".join(RECORDS),
        *,
        foreign: bool = False,
    ) -> None:
        self.left, self.deepest, self.records, self.foreign = values, deepest, records, foreign
        self.data = b""
        self.position = 0
        self.readers = {
            ord("d"): self._float,
            ord("i"): self._integer,
            ord("a"): self._array,
            ord("s"): self._text,
            ord("x"): self._scalar,
            ord("b"): self._bytes,
            ord("c"): self._complex,
        }

    def decode(self, data: bytes) -> Any:
        """Return the value that `data`, all of it, encodes.

        Raises:
            WireError: it stands for none.
            TooManyValuesError: the allowance is used up.
        """
        self.data, self.position = data, 0
        (value,) = self._values(1, 0)
        if self.position != len(data):
            raise WireError("trailing bytes")
        return value

    def _take(self, size: int) -> bytes:
        start = self.position
        self.position = end = start + size
        if end > len(self.data):
            raise WireError("cut short")
        return self.data[start:end]

    def _spend(self, number: int) -> None:
        """Take values out of the allowance."""
        if number > self.left:
            raise TooManyValuesError("too many values")
        self.left -= number

    def _count(self) -> int:
        """Return how many values follow; each has at least a byte, so no list outgrows the bytes that declare it."""
        start = self.position
        self.position = end = start + 4
        if end > len(self.data):
            raise WireError("cut short")
        number: int = COUNT.unpack_from(self.data, start)[0]
        if number > len(self.data) - end:
            raise WireError("count past the end")
        return number

    def _values(self, number: int, depth: int) -> list[Any]:
        """Return so many consecutive values: one call per sequence, since calls take most of the time."""
        if depth > self.deepest and number:
            raise WireError("too deep")
        self._spend(number)
        data, size, readers = self.data, len(self.data), self.readers
        values: list[Any] = []
        for _ in range(number):
            at = self.position
            if at >= size:
                raise WireError("cut short")
            self.position = at + 1
            tag = data[at]
            if tag in CONSTANTS:
                values.append(CONSTANTS[tag])
            elif (read := readers.get(tag)) is not None:
                values.append(read())
            else:
                values.append(self._branch(tag, depth + 1))
        return values

    def _branch(self, tag: int, depth: int) -> Any:
        """Return A value that holds others."""
        letter = chr(tag)
        if letter in "tle":
            elements = self._values(self._count(), depth)
            if letter == "e":
                return self._hashable(set, elements)
            return elements if letter == "l" else tuple(elements)
        if letter == "m":
            flat = self._values(2 * self._count(), depth)
            return self._hashable(dict, list(zip(flat[::2], flat[1::2], strict=True)))
        if letter in self.records:
            return self._record(letter, self._values(1, depth)[0])
        raise WireError("unknown tag")

    def _float(self) -> float:
        number: float = FLOAT.unpack(self._take(8))[0]
        return number

    def _text(self) -> str:
        data = self._take(self._count())
        try:
            return data.decode()
        except UnicodeDecodeError:
            # Python takes as long for one surrogate as for a value: each is counted as one.
            self._spend(data.count(SURROGATE))
        try:
            return data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise WireError("text is not UTF-8") from error

    def _scalar(self) -> Scalar:
        dtype = self._dtype()
        return Scalar(dtype, self._take(ITEM_SIZES[dtype]))

    def _bytes(self) -> bytes:
        return self._take(self._count())

    def _complex(self) -> complex:
        return complex(*COMPLEX.unpack(self._take(16)))

    def _dtype(self) -> str:
        code = self._take(1)[0]
        if code >= len(DTYPES):
            raise WireError("unknown dtype")
        return DTYPES[code]

    def _integer(self) -> int:
        size = self._count()
        if size > LONGEST_INTEGER:
            raise WireError("integer too long")
        number = int.from_bytes(self._take(size), "little", signed=True)
        if size != (number.bit_length() + 8) // 8:
            raise WireError("an integer has one encoding")
        return number

    def _array(self) -> Array:
        dtype = self._dtype()
        layout, rank = self._take(2)
        if layout >= len(LAYOUTS) or rank > LARGEST_RANK:
            raise WireError("no such array")
        self._spend(rank)  # an extent takes as much memory as a value
        shape = struct.unpack(f"<{rank}Q", self._take(8 * rank))
        size = ITEM_SIZES[dtype]
        for extent in shape:
            size *= extent
        return Array(dtype, shape, self._take(size), LAYOUTS[layout])

    def _hashable(self, kind: type, elements: list[Any]) -> Any:
        keys = elements if kind is set else [key for key, _ in elements]
        try:
            hashes = [hash(key) for key in keys]
        except TypeError as error:
            raise WireError("unhashable") from error
        if len(keys) > MOST_COLLISIONS:
            if self.foreign and not all(type(key) in SECRET_HASHES for key in keys):
                return Members(tuple(elements)) if kind is set else Pairs(tuple(elements))
            if max(Counter(hashes).values()) > MOST_COLLISIONS:
                raise WireError("keys that collide")
        built = kind(elements)
        if len(built) != len(elements):
            raise WireError("the same key twice")
        return built

    @staticmethod
    def _record(tag: str, fields: Any) -> Any:
        """Return A record from its fields, each of the type that it is used as."""
        if type(fields) is not tuple:
            raise WireError("a record is a tuple")
        kinds = tuple(type(field) for field in fields)
        good = {
            "G": kinds == (int,),
            "B": kinds == (str, tuple, dict) and all(type(name) is str for name in fields[2]),
            "A": kinds == (tuple, dict) and all(type(name) is str for name in fields[1]),
            "C": kinds in ((str, Arguments), (str, type(None))),
            "S": kinds == (Arguments, tuple) and all(type(call) is Call for call in fields[1]),
            "R": kinds == (tuple, str) and _are_names(fields[0]) and len(fields[1]) <= LONGEST_MESSAGE,
            "U": kinds == (str,) and len(fields[0]) <= LONGEST_NAME,
        }[tag]
        if not good:
            raise WireError("fields of a record")
        return RECORDS[tag](*fields)


def _are_names(names: tuple[Any, ...]) -> bool:
    """Return whether these are the names of an exception's type and its bases."""
    return 0 < len(names) <= MOST_NAMES and all(type(name) is str and len(name) <= LONGEST_NAME for name in names)
