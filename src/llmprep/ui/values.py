"""Plain values as text that a reader of Python knows, small enough for a screen."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from llmprep.compare import numbers
from llmprep.values import ITEM_SIZES, Arguments, Array, Bound, Call, Generator, Raised, Scalar, Script, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = 40
"""Elements up to which an array is shown whole."""
EDGE = 3
"""Elements shown at either end of a longer axis."""
LONGEST = 400
"""Characters of one value."""


def number(value: Any) -> str:
    """A number, to as many digits as tell values apart in practice."""
    if isinstance(value, bool) or not isinstance(value, (int, float, complex)):
        return repr(value)
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else f"about 2**{value.bit_length()}"  # noqa: PLR2004
    if isinstance(value, complex):
        return f"({value.real:.8g}{value.imag:+.8g}j)"
    text = f"{value:.8g}"
    return text if any(mark in text for mark in ".einf") else f"{text}.0"


def show(value: Any) -> str:
    """A plain value on one line, cut if it is long; no more of it is gone through than is shown."""
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > LONGEST:
            return f"{text[: LONGEST - 2]} …"
    return text


def _pieces(value: Any) -> Iterator[str]:
    """A value's text, from left to right."""
    if isinstance(value, Array):
        yield from _array(value)
    elif isinstance(value, Scalar):
        yield f"np.{value.dtype}({number(numbers(value)[0])})"
    elif isinstance(value, Generator):
        yield f"np.random.default_rng({value.seed})"
    elif isinstance(value, Bound):
        yield f"{value.name}("
        for one in value.args:
            yield from _pieces(one)
            yield ", "
        yield "…)"
    elif isinstance(value, Raised):
        yield f"raises {value.names[0]}"
    elif isinstance(value, Unsupported):
        yield f"<{value.type_name}>"
    elif type(value) in (list, tuple, set):
        yield from _sequence(value)
    elif type(value) is dict:
        yield "{"
        for place, (key, one) in enumerate(value.items()):
            yield ", " if place else ""
            yield from _pieces(key)
            yield ": "
            yield from _pieces(one)
        yield "}"
    elif isinstance(value, (int, float, complex)):
        yield number(value)
    else:
        yield repr(value[: LONGEST + 1] if isinstance(value, (str, bytes)) else value)


def _sequence(value: Any) -> Iterator[str]:
    if type(value) is set and not value:
        yield "set()"
        return
    kind = type(value)
    yield "[" if kind is list else "{" if kind is set else "("
    for place, one in enumerate(value):
        yield ", " if place else ""
        yield from _pieces(one)
    yield "]" if kind is list else "}" if kind is set else ",)" if len(value) == 1 else ")"


def _array(array: Array) -> Iterator[str]:
    dtype = "" if array.dtype == "float64" else f", dtype={array.dtype}"
    if 0 in array.shape:
        yield f"array of shape {array.shape}{dtype}"
        return
    whole = prod(array.shape) <= WHOLE
    yield "array("
    yield from _nested(array, 0, array.shape, whole=whole)
    yield f"{dtype})" if whole else f"{dtype}, shape={array.shape})"


def _nested(array: Array, start: int, shape: tuple[int, ...], *, whole: bool) -> Iterator[str]:
    """The part of an array that begins at element `start`: of a longer axis, the rows at either end."""
    if not shape:
        size = ITEM_SIZES[array.dtype]
        element = Scalar(array.dtype, array.data[start * size : (start + 1) * size])
        yield number(numbers(element)[0])
        return
    rows, step = shape[0], prod(shape[1:])
    yield "["
    cut = not whole and rows > 2 * EDGE
    for row in (*range(EDGE), *range(rows - EDGE, rows)) if cut else range(rows):
        yield (", …, " if cut and row == rows - EDGE else ", ") if row else ""
        yield from _nested(array, start + row * step, shape[1:], whole=whole)
    yield "]"


def show_call(entry: str, inputs: Any) -> list[str]:
    """A case's inputs as the lines of Python that make the call."""
    if isinstance(inputs, Script):
        name = "subject"
        lines = [f"{name} = {entry}({_arguments(inputs.init)})"]
        return lines + [_step(name, call) for call in inputs.calls]
    return [f"{entry}({_arguments(inputs)})"]


def _step(name: str, call: Call) -> str:
    return f"{name}.{call.name}" if call.arguments is None else f"{name}.{call.name}({_arguments(call.arguments)})"


def _arguments(arguments: Arguments) -> str:
    parts = [show(value) for value in arguments.args]
    return ", ".join(parts + [f"{name}={show(value)}" for name, value in arguments.kwargs.items()])
