"""Plain values as Python source that makes the very same again: every bit of a number, dtype, shape and layout.

The source takes numpy as `np`, `functools`, the exercise's helpers, and `_unpack` of `llmprep.ui.report.snippet`.
"""

from __future__ import annotations

import base64
import keyword
import math
import re
import struct
import textwrap
import zlib
from typing import TYPE_CHECKING, Any

from llmprep.values import STRUCT_CODES, Arguments, Array, Bound, Generator, Scalar, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 96
"""Columns to which code is broken, where it can be."""
WRITTEN_OUT = 60
"""Elements up to which an array is written number by number; a larger one is packed."""
LONGEST_DECIMAL = 4000
"""Bits of an integer beyond which Python may refuse its decimal digits."""
NUMBER = re.compile(r"[\w.+-]{1,30}")


def passed(arguments: Arguments | Bound) -> list[str]:
    """The arguments of a call, each as Python."""
    by_name = [named(keyword_name(name), literal(value)) for name, value in arguments.kwargs.items()]
    return [literal(value) for value in arguments.args] + by_name


def keyword_name(name: str) -> str:
    """What stands before a named argument's value."""
    return f"{name}=" if is_plain(name) else f"**{{{quoted(name)}: "


def is_plain(name: str) -> bool:
    """Whether Python takes a name as it stands; what a bank calls by another could be code of its own."""
    # Python writes other letters than ASCII's in a form of its own.
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name)


def named(lead: str, text: str) -> str:
    """A named argument: its value behind what `keyword_name` gave."""
    return f"{lead}{text}" + ("}" if lead.startswith("**") else "")


def bracketed(opening: str, parts: Sequence[str], closing: str) -> str:
    """Parts in brackets: on one line, else as many a line as fit, else one a line."""
    if not parts:
        return opening + closing
    comma = "," if opening == "(" and closing == ")" and len(parts) == 1 else ""
    line = f"{opening}{', '.join(parts)}{comma}{closing}"
    if "\n" not in line and len(line) <= WIDTH - 16:
        return line
    inner = ",\n".join(parts)
    if all(NUMBER.fullmatch(part) for part in parts):
        inner = textwrap.fill(", ".join(parts), WIDTH - 24, break_long_words=False, break_on_hyphens=False)
    return f"{opening}\n{textwrap.indent(inner, '    ')},\n{closing}"


def literal(value: Any) -> str:
    """A plain value as a Python expression that makes the very same."""
    if isinstance(value, Array):
        return _array(value)
    if isinstance(value, Scalar):
        name = "bool_" if value.dtype == "bool" else value.dtype
        exact = _packs(value)
        return f"np.{name}({_elements(value)[0]})" if exact else f"{_unpack(value.dtype, (), value.data)}[()]"
    if isinstance(value, Generator):
        return f"np.random.default_rng({literal(value.seed)})"
    if isinstance(value, Bound):
        helper = value.name if is_plain(value.name) else f"globals()[{quoted(value.name)}]"
        return bracketed("functools.partial(", [helper, *passed(value)], ")")
    if type(value) is float:
        data = struct.pack("<d", value)
        usual = not math.isnan(value) or data == struct.pack("<d", math.nan)
        return _float(value) if usual else f"{_unpack('float64', (), data)}.item()"
    if type(value) is complex:
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if type(value) is int:
        return str(value) if value.bit_length() <= LONGEST_DECIMAL else hex(value)
    if type(value) is dict:
        return bracketed("{", [f"{literal(key)}: {literal(one)}" for key, one in value.items()], "}")
    if type(value) in (list, tuple, set) and (value or type(value) is not set):
        opening, closing = ("[", "]") if type(value) is list else ("(", ")") if type(value) is tuple else ("{", "}")
        return bracketed(opening, [literal(one) for one in value], closing)
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(value: str) -> str:
    """A string's literal, in double quotes where that takes no escapes."""
    shown = repr(value)
    return f'"{shown[1:-1]}"' if shown[0] == "'" and '"' not in shown and "\\'" not in shown else shown


def _float(value: float) -> str:
    if math.isnan(value):
        return "np.nan"
    return repr(value) if math.isfinite(value) else "np.inf" if value > 0 else "-np.inf"


def _array(array: Array) -> str:
    """An array with its dtype, shape and layout."""
    size = math.prod(array.shape)
    order = ', order="F"' if array.layout == "F" else ""
    dtype = "" if array.dtype == "float64" else f', dtype="{array.dtype}"'
    if size == 0:
        text = f"np.zeros({array.shape}{dtype}{order})"
    elif size <= WRITTEN_OUT and _packs(array):
        text = _written(array, f"{dtype}{order})")
    else:
        text = _unpack(array.dtype, array.shape, array.data)
        text = f'np.array({text}, order="F")' if order else text
    # Every second element of a larger buffer.
    return f"np.repeat({text}, 2, axis=-1)[..., ::2]" if array.layout == "S" and array.shape else text


def _written(array: Array, closing: str) -> str:
    """An array by its numbers, nested as its axes are."""
    parts = _elements(array)
    for extent in reversed(array.shape[1:]):
        parts = [bracketed("[", parts[at : at + extent], "]") for at in range(0, len(parts), extent)]
    return bracketed("np.array([", parts, f"]{closing}") if array.shape else f"np.array({parts[0]}{closing}"


def _elements(value: Array | Scalar) -> list[str]:
    """Elements, each to as few digits as its dtype needs."""
    letter = STRUCT_CODES[value.dtype]
    if value.dtype.startswith("complex"):
        pairs = [(shortest(one.real, letter), shortest(one.imag, letter)) for one in numbers(value)]
        return [f"complex({real}, {imaginary})" for real, imaginary in pairs]
    return [shortest(one, letter) if type(one) is float else repr(one) for one in numbers(value)]


def shortest(value: float, letter: str) -> str:
    """A number of numpy's as the shortest decimal that comes to the same in its own precision."""
    if letter == "d" or not math.isfinite(value):
        return _float(value)
    for digits in range(1, 10):
        candidate = float(f"{value:.{digits}g}")
        try:
            if struct.pack(letter, candidate) == struct.pack(letter, value):
                return _float(candidate)
        except OverflowError:  # rounded up beyond the largest
            continue
    return _float(value)


def _packs(value: Array | Scalar) -> bool:
    """Whether its numbers say all of its bits; a NaN may hold others than the usual ones."""
    letter = STRUCT_CODES[value.dtype]
    parts = numbers(value)
    if value.dtype.startswith("complex"):
        parts = [part for one in parts for part in (one.real, one.imag)]
    usual = [math.nan if one != one else one for one in parts]  # noqa: PLR0124  (NaN)
    return struct.pack(f"<{len(usual)}{letter}", *usual) == value.data


def _unpack(dtype: str, shape: tuple[int, ...], data: bytes) -> str:
    """Bytes as text, for `UNPACK`."""
    text = base64.b64encode(zlib.compress(data, 9)).decode()
    pieces = "\n".join(f'"{text[at : at + 72]}"' for at in range(0, len(text), 72))
    return bracketed("_unpack(", [f'"{dtype}"', str(shape), pieces], ")")
