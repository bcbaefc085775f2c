"""Plain values as text that a reader of Python knows, small enough for a screen."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from llmprep.compare import numbers
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
    from collections.abc import Callable, Iterable

WHOLE = 40
"""Elements up to which an array is shown whole."""
EDGE = 3
"""Elements shown at either end of a longer axis."""
LONGEST = 400
"""Characters of one value."""
SHORTEST = 8
"""Characters of a text below which nothing of it is shown."""
BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}")}
VIEWS = ((EDGE, WHOLE), (EDGE, 0), (2, 0), (1, 0))
"""How arrays are shown, the first that a value fits its room with: elements at either end, those shown whole."""
MORE = ", …"
"""What stands for elements that are left out at the end."""


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
    """A plain value on one line, of `LONGEST` characters at most; no more of it is gone through than is shown.

    What there is no room for is a `…`, with all brackets closed: arrays are thinned out first, the rest is left out
    from the end.
    """
    for edge, whole in VIEWS:
        line = _Line(edge, whole)
        line.write(value)
        if not line.is_cut:
            break
    return line.text


class _Line:
    """A line of text that is never longer than `LONGEST`: what closes a bracket has its room from the opening on.

    Args:
        edge: elements of an array shown at either end of a longer axis.
        whole: elements up to which an array is shown whole.
    """

    def __init__(self, edge: int, whole: int) -> None:
        self.text = ""
        self.is_cut = False
        self._edge, self._whole = edge, whole
        self._kept = len(MORE)

    def write(self, value: Any) -> None:
        """Add a value, as much of it as there is room for."""
        if isinstance(value, Array):
            self._array(value)
        elif isinstance(value, Scalar):
            self._put(f"np.{value.dtype}({number(numbers(value)[0])})")
        elif isinstance(value, Generator):
            self._put(f"np.random.default_rng({value.seed})")
        elif isinstance(value, Bound):
            self._bracket(f"{value.name}(", f"{MORE if value.args else '…'})", value.args, self.write)
        elif isinstance(value, Raised):
            self._put(f"raises {value.names[0]}")
        elif isinstance(value, Unsupported):
            self._put(f"<{value.type_name}>")
        elif type(value) is set and not value:
            self._put("set()")
        elif isinstance(value, Pairs):
            self._bracket("{", "}", value.pairs, self._pair)
        elif isinstance(value, Members):
            self._bracket("{", "}", value.members, self.write)
        elif type(value) in BRACKETS:
            start, end = BRACKETS[type(value)]
            self._bracket(start, ",)" if end == ")" and len(value) == 1 else end, value, self.write)
        elif type(value) is dict:
            self._bracket("{", "}", value.items(), self._pair)
        elif isinstance(value, (int, float, complex)):
            self._put(number(value))
        elif isinstance(value, (str, bytes)):
            self._quoted(value)
        else:
            self._put(repr(value))

    @property
    def _room(self) -> int:
        return LONGEST - len(self.text) - self._kept

    def _put(self, text: str) -> None:
        """Add what is not to be cut in two."""
        self.is_cut = self.is_cut or len(text) > self._room
        self.text += "…" if self.is_cut else text

    def _quoted(self, value: str | bytes) -> None:
        """A text: it is cut within its quotes."""
        room = part = max(0, self._room)
        while len(text := repr(value[:part])) > room and part > SHORTEST:
            part //= 2
        self._put(text)
        if part < len(value) and not self.is_cut:
            self.text = f"{self.text[:-1]}…{self.text[-1]}"
            self.is_cut = True

    def _pair(self, pair: tuple[Any, Any]) -> None:
        before = len(self.text)
        self._kept += len(MORE)
        self.write(pair[0])
        self._kept -= len(MORE)
        if not self.is_cut:
            self.text += ": "
            self.write(pair[1])
        elif self.text[before:] != "…":
            self.text += ": …"

    def _bracket(self, start: str, end: str, elements: Iterable[Any], write: Callable[[Any], None]) -> None:
        """Elements between brackets."""
        kept = len(MORE) + len(end)
        self._kept += kept
        self._put(start)
        opened = not self.is_cut
        before = 0
        for place, element in enumerate(elements if opened else ()):
            if self.is_cut:
                self.text += "" if self.text[before:] == "…" else MORE
                break
            self.text += ", " if place else ""
            before = len(self.text)
            write(element)
        self.text += end if opened else ""
        self._kept -= kept

    def _array(self, array: Array) -> None:
        dtype = "" if array.dtype == "float64" else f", dtype={array.dtype}"
        if 0 in array.shape:
            self._put(f"array of shape {array.shape}{dtype}")
            return
        count = prod(array.shape)
        edge = count if count <= self._whole else self._edge
        is_shown = count <= WHOLE and all(size <= 2 * edge for size in array.shape)
        end = f"{dtype})" if is_shown else f"{dtype}, shape={array.shape})"
        self._bracket("array(", end, (0,), lambda start: self._nested(array, start, array.shape, edge))

    def _nested(self, array: Array, start: int, shape: tuple[int, ...], edge: int) -> None:
        """The part of an array that begins at element `start`: of a longer axis, the rows at either end."""
        if not shape:
            size = ITEM_SIZES[array.dtype]
            element = Scalar(array.dtype, array.data[start * size : (start + 1) * size])
            self._put(number(numbers(element)[0]))
            return
        rows, step = shape[0], prod(shape[1:])
        shown = (*range(edge), None, *range(rows - edge, rows)) if rows > 2 * edge else range(rows)

        def row(number: int | None) -> None:
            if number is None:
                self._put("…")
            else:
                self._nested(array, start + number * step, shape[1:], edge)

        self._bracket("[", "]", shown, row)


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
