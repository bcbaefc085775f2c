"""Convert plain values to live objects, and live objects to plain values.

Only exact types count: a subclass may lie about itself, so it arrives as `Unsupported`. Foreign code shares this
process, so nothing here asks a foreign object, or its class, anything that it may answer by code of its own; and
numpy's functions are bound by name, so that replacing them in numpy changes nothing.
"""

from __future__ import annotations

import functools
from collections import Counter, OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import array as copy_array
from numpy import frombuffer, may_share_memory, ndarray, zeros

from llmprep.sandbox.codec import DEEPEST_ANSWER, LARGEST_RANK, LONGEST_INTEGER, LONGEST_NAME, VALUE_BYTES, WireError
from llmprep.values import ITEM_SIZES, Array, Bound, Generator, Scalar, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST_PLAIN = DEEPEST_ANSWER - 8
"""An output nests no deeper: what is deeper is told as unsupported, and the frame around it nests too."""
# By identity: a metaclass may say that its class equals, and hashes like, any other.
PLAIN = {id(kind) for kind in (type(None), bool, float, complex)}
MAPPINGS = {id(kind) for kind in (dict, defaultdict, OrderedDict, Counter)}
SEQUENCES = {id(kind) for kind in (list, tuple, set, frozenset)}
SCALARS = {id(np.dtype(name).type): name for name in ITEM_SIZES}
CODES = {np.dtype(name).str[1:]: name for name in ITEM_SIZES}
QUALNAME = type.__dict__["__qualname__"].__get__
MODULE = type.__dict__["__module__"].__get__


class TooLargeError(Exception):
    """An output takes more bytes than an answer may."""


class _Room:
    """How many bytes an output may still take."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooLargeError


def to_live(value: Any, helpers: Mapping[str, Any]) -> Any:
    """Return the live object that a plain value stands for, in memory of its own."""
    kind = type(value)
    if kind is Array:
        return _array(value)
    if kind is Scalar:
        return frombuffer(value.data, dtype=value.dtype)[0]
    if kind is Generator:
        return np.random.default_rng(value.seed)
    if kind is Bound:
        args = [to_live(element, helpers) for element in value.args]
        return functools.partial(helpers[value.name], *args, **to_live(value.kwargs, helpers))
    if kind in (list, tuple, set):
        return kind(to_live(element, helpers) for element in value)
    if kind is dict:
        return {to_live(key, helpers): to_live(element, helpers) for key, element in value.items()}
    return value


def _array(value: Array) -> Any:
    flat = frombuffer(value.data, dtype=value.dtype).reshape(value.shape)
    if value.layout == "F":
        return copy_array(flat, order="F")
    if value.layout == "S" and value.shape:
        wide = zeros((*value.shape[:-1], 2 * value.shape[-1]), dtype=value.dtype)
        wide[..., ::2] = flat
        return wide[..., ::2]
    return flat.copy()


def to_plain(obj: Any, room: int) -> Any:
    """Return the plain value of a live object.

    Args:
        obj: anything.
        room: how many bytes it may take.

    Raises:
        TooLargeError: it takes more than `room`.
        WireError: a mapping or set in it has keys that cannot be told apart.
    """
    return _to_plain(obj, _Room(room), 0)


def _to_plain(obj: Any, room: _Room, depth: int) -> Any:
    kind = type(obj)
    room.take(VALUE_BYTES)
    if kind is ndarray:
        return _plain_array(obj, room)
    if id(kind) in PLAIN:
        return obj
    if kind is str or kind is bytes:
        room.take(len(obj))
        return obj
    if kind is int:
        return obj if obj.bit_length() < LONGEST_INTEGER * 8 - 8 else Unsupported("int of more than 9,000 digits")
    if id(kind) in SCALARS:
        return Scalar(SCALARS[id(kind)], obj.tobytes())
    if id(kind) not in SEQUENCES and id(kind) not in MAPPINGS:
        return Unsupported(type_name(kind))
    if depth >= DEEPEST_PLAIN:
        return Unsupported(f"{kind.__name__} nested too deep")
    if id(kind) in MAPPINGS:
        pairs = [(_key(key, room, depth), _to_plain(one, room, depth + 1)) for key, one in dict.items(obj)]
        return _told_apart(dict(pairs), len(pairs))
    elements = [(_to_plain if kind in (list, tuple) else _key)(element, room, depth + 1) for element in obj]
    if kind is list or kind is tuple:
        return elements if kind is list else tuple(elements)
    return _told_apart(set(elements), len(elements))


def _key(key: Any, room: _Room, depth: int) -> Any:
    plain = _to_plain(key, room, depth + 1)
    try:
        hash(plain)
    except TypeError:
        raise WireError("key") from None
    return plain


def _told_apart(built: Any, size: int) -> Any:
    """Return what was built of keys, if no two of them have become the same."""
    if len(built) != size:
        raise WireError("key")
    return built


def _plain_array(array: Any, room: _Room) -> Array | Unsupported:
    order, code = array.dtype.str[0], array.dtype.str[1:]
    if code not in CODES or array.ndim > LARGEST_RANK:
        return Unsupported(f"ndarray of dtype {array.dtype.name}"[:LONGEST_NAME])
    room.take(array.nbytes)
    layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "S"
    little = array.astype(array.dtype.newbyteorder("<")) if order == ">" else array
    return Array(CODES[code], array.shape, little.tobytes(), layout)


def same_array(plain: Array, live: Any) -> bool:
    """Return whether an array still holds what it was made from."""
    return (
        type(live) is ndarray
        and live.shape == plain.shape
        and CODES.get(live.dtype.str[1:]) == plain.dtype
        and live.dtype.str[0] != ">"
        and live.tobytes() == plain.data
    )


def type_name(kind: type) -> str:
    """Return a type's name, with the module of one that is neither built in nor the candidate's."""
    module, name = MODULE(kind), clip(QUALNAME(kind))
    if type(module) is str and module not in ("builtins", "submission"):
        name = f"{module}.{name}"
    return clip(name)


def clip(name: str) -> str:
    """Return the beginning of a name, as a string that is no subclass."""
    return str.__getitem__(name, slice(LONGEST_NAME))


def arrays_in(obj: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the arrays in a live object, as deep as it is made plain."""
    kind = type(obj)
    if kind is ndarray:
        yield obj
    elif depth < DEEPEST_PLAIN and (kind is list or kind is tuple):
        for element in obj:
            yield from arrays_in(element, depth + 1)
    elif depth < DEEPEST_PLAIN and id(kind) in MAPPINGS:
        for element in dict.values(obj):
            yield from arrays_in(element, depth + 1)


def share_memory(output: Any, inputs: Any) -> bool:
    """Return whether an array of `output` lies in the memory of an array of `inputs`, each with its own memory."""
    given = list(arrays_in(inputs))
    return any(
        returned.size and array.size and may_share_memory(returned, array)
        for returned in arrays_in(output)
        for array in given
    )
