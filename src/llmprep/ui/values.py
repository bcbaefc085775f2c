"""Plain values as text that a reader of Python knows, small enough for a screen."""

from __future__ import annotations

from typing import Any

from llmprep.compare import numbers
from llmprep.values import Arguments, Array, Bound, Call, Generator, Raised, Scalar, Script, Unsupported

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
    """A plain value on one line, cut if it is long."""
    text = _show(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"


def _show(value: Any) -> str:
    if isinstance(value, Array):
        return _array(value)
    if isinstance(value, Scalar):
        return f"np.{value.dtype}({number(numbers(value)[0])})"
    if isinstance(value, Generator):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, Bound):
        return f"{value.name}({', '.join([*map(_show, value.args), '…'])})"
    if isinstance(value, Raised):
        return f"raises {value.names[0]}"
    if isinstance(value, Unsupported):
        return f"<{value.type_name}>"
    if type(value) in (list, tuple, set):
        return _sequence(value)
    if type(value) is dict:
        return "{" + ", ".join(f"{_show(key)}: {_show(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (int, float, complex)):
        return number(value)
    return repr(value)


def _sequence(value: Any) -> str:
    inner = ", ".join(map(_show, value))
    if type(value) is list:
        return f"[{inner}]"
    if type(value) is set:
        return f"{{{inner}}}" if value else "set()"
    return f"({inner},)" if len(value) == 1 else f"({inner})"


def _array(array: Array) -> str:
    flat = [number(one) for one in numbers(array)]
    dtype = "" if array.dtype == "float64" else f", dtype={array.dtype}"
    if 0 in array.shape:
        return f"array of shape {array.shape}{dtype}"
    whole = len(flat) <= WHOLE
    body = _nested(flat, array.shape, whole=whole)
    return f"array({body}{dtype})" if whole else f"array({body}{dtype}, shape={array.shape})"


def _nested(flat: list[str], shape: tuple[int, ...], *, whole: bool) -> str:
    if not shape:
        return flat[0]
    step = len(flat) // shape[0]
    rows = [_nested(flat[at : at + step], shape[1:], whole=whole) for at in _places(len(flat), step, whole=whole)]
    if len(rows) < shape[0]:
        rows.insert(EDGE, "…")
    return "[" + ", ".join(rows) + "]"


def _places(size: int, step: int, *, whole: bool) -> list[int]:
    """Where the rows begin that are shown: all, or those at either end."""
    places = list(range(0, size, step))
    return places if whole or len(places) <= 2 * EDGE else places[:EDGE] + places[-EDGE:]


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
