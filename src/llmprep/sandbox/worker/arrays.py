"""Live objects from plain values, and plain values from live objects.

Only exact types count: a subclass may lie about itself, so it arrives as `Unsupported`.
"""

from __future__ import annotations

import functools
from collections import Counter, OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from llmprep.sandbox.wire import DEEPEST, LONGEST_INTEGER, WireError
from llmprep.values import ITEM_SIZES, Array, Bound, Generator, Scalar, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAIN = (type(None), bool, float, complex, str, bytes)
MAPPINGS = (dict, defaultdict, OrderedDict, Counter)
SCALARS = {np.dtype(name).type: name for name in ITEM_SIZES}


class TooLargeError(Exception):
    """An output takes more bytes than an answer may."""


def to_live(value: Any, helpers: Mapping[str, Any]) -> Any:
    """The live object that a plain value stands for, in memory of its own."""
    kind = type(value)
    if kind is Array:
        return _array(value)
    if kind is Scalar:
        return np.frombuffer(value.data, dtype=value.dtype)[0]
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
    flat = np.frombuffer(value.data, dtype=value.dtype).reshape(value.shape)
    if value.layout == "F":
        return np.array(flat, order="F")
    if value.layout == "S" and value.shape:
        wide = np.zeros((*value.shape[:-1], 2 * value.shape[-1]), dtype=value.dtype)
        wide[..., ::2] = flat
        return wide[..., ::2]
    return flat.copy()


def to_plain(obj: Any, room: int, depth: int = 0) -> Any:
    """The plain value of a live object.

    Args:
        obj: anything.
        room: how many bytes of array data it may take.
        depth: how deep in another object it is.

    Raises:
        TooLargeError: it takes more than `room`.
    """
    kind = type(obj)
    if kind is np.ndarray:
        return _plain_array(obj, room)
    if kind in PLAIN:
        return obj
    if kind is int:
        return obj if obj.bit_length() < LONGEST_INTEGER * 8 - 8 else Unsupported("int of more than 9,000 digits")
    if kind in SCALARS:
        return Scalar(SCALARS[kind], obj.tobytes())
    if kind not in (list, tuple, set, frozenset) and kind not in MAPPINGS:
        return Unsupported(_type_name(kind))
    if depth >= DEEPEST - 2:
        return Unsupported(f"{kind.__name__} nested too deep")
    if kind in MAPPINGS:
        return {_key(key): to_plain(element, room, depth + 1) for key, element in dict.items(obj)}
    elements = [to_plain(element, room, depth + 1) for element in obj]
    if kind is list or kind is tuple:
        return elements if kind is list else tuple(elements)
    return set(map(_key, obj))


def _key(key: Any) -> Any:
    plain = to_plain(key, 0)
    try:
        hash(plain)
    except TypeError:
        raise WireError("key") from None
    return plain


def _plain_array(array: Any, room: int) -> Array | Unsupported:
    name = array.dtype.name
    if name not in ITEM_SIZES or array.ndim > 32:
        return Unsupported(f"ndarray of dtype {name}")
    if array.nbytes > room:
        raise TooLargeError
    layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "S"
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Array(name, array.shape, little.tobytes(), layout)


def _type_name(kind: type) -> str:
    module, name = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__qualname__")
    if type(module) is str and module not in ("builtins", "submission"):
        name = f"{module}.{name}"
    return str(name)[:80]


def arrays_in(obj: Any) -> Iterator[Any]:
    """The arrays in a live object."""
    if type(obj) is np.ndarray:
        yield obj
    elif type(obj) in (list, tuple):
        for element in obj:
            yield from arrays_in(element)
    elif type(obj) in MAPPINGS:
        for element in dict.values(obj):
            yield from arrays_in(element)


def share_memory(output: Any, inputs: Any) -> bool:
    """Whether an array of `output` lies in the memory of an array of `inputs`, each of which has memory of its own."""
    given = list(arrays_in(inputs))
    return any(
        returned.size and array.size and np.may_share_memory(returned, array)
        for returned in arrays_in(output)
        for array in given
    )
