"""Plain values as text that a reader of Python knows, small enough for a screen."""

from __future__ import annotations

import math
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.ui.report.literal import shortest
from llmprep.values import (
    ITEM_SIZES,
    STRUCT_CODES,
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
    numbers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WHOLE = 40
"""Elements up to which an array is shown whole."""
EDGE = 3
"""Elements shown at either end of a longer axis."""
LONGEST = 400
"""Characters of one value."""
LEAST = 40
"""Characters that an argument has, however many there are."""
SHORTEST = 8
"""Characters of a text below which nothing of it is shown."""
BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}")}
VIEWS = ((EDGE, WHOLE), (EDGE, 0), (2, 0), (1, 0))
"""How arrays are shown, the first that a value fits its room with: elements at either end, those shown whole."""
WIDEST = frozenset({"bool", "int64", "float64", "complex128"})
"""The dtypes of numpy's own numbers that Python's are."""
MORE_DIGITS, EVERY_DIGIT = 12, 17
MORE = ", …"
"""What stands for elements that are left out at the end."""


class Style(NamedTuple):
    """How numbers are written."""

    digits: int = 8
    """Significant digits; `EVERY_DIGIT` for as many as tell a number from all others of its type."""
    given: bool = False
    """Whether they are inputs: none may seem rounder than it is, and each of numpy's says so."""
    longest: int = LONGEST
    """Characters of one value."""


PLAIN = Style()


def number(value: Any, style: Style = PLAIN, letter: str = "d") -> str:
    """A number, to as many digits as tell values apart in practice.

    Args:
        value: the number; of numpy's, as Python's.
        style: how it is written.
        letter: its format as `struct` has it, for the digits that tell it from its neighbours.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, complex)):
        return repr(value)
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else f"about 2**{value.bit_length()}"  # noqa: PLR2004
    if isinstance(value, complex):
        real, imaginary = (_digits(part, style, letter) for part in (value.real, value.imag))
        return f"({real}{'' if imaginary.startswith('-') else '+'}{imaginary}j)"
    text = _digits(value, style, letter)
    return text if any(mark in text for mark in ".einf") else f"{text}.0"


def _digits(value: float, style: Style, letter: str) -> str:
    text = f"{value:.{min(style.digits, EVERY_DIGIT)}g}"
    short = style.digits < EVERY_DIGIT and not (style.given and _seems_round(text, value, letter))
    return text if short or not math.isfinite(value) else shortest(value, letter)


def _seems_round(text: str, value: float, letter: str) -> bool:
    """Whether a short form has so few digits that it passes for the number, and is another one."""
    mantissa = text.partition("e")[0].lstrip("-0.")
    if not math.isfinite(value) or float(text) == value or sum(map(str.isdigit, mantissa)) >= PLAIN.digits:
        return False
    return float(text) != float(shortest(value, letter))


def show(value: Any, style: Style = PLAIN) -> str:
    """A plain value on one line, of a certain length at most; no more of it is gone through than is shown.

    What there is no room for is a `…`, with all brackets closed: arrays are thinned out first, the rest is left out
    from the end.
    """
    for edge, whole in VIEWS:
        line = _Line(edge, whole, style)
        line.write(value)
        if not line.is_cut:
            break
    return line.text


def show_both(expected: Any, got: Any, longest: int = LONGEST) -> tuple[str, str]:
    """What was expected and what came, to as many digits as they differ in; with their types, where these do."""
    for digits, given in ((PLAIN.digits, False), (MORE_DIGITS, False), (EVERY_DIGIT, False), (EVERY_DIGIT, True)):
        style = Style(digits, given, longest)
        shown = show(expected, style), show(got, style)
        if shown[0] != shown[1]:
            return shown
    return show(expected, Style(longest=longest)), show(got, Style(longest=longest))


def apart(figure: float, limit: float) -> str:
    """A figure to as many decimals as it takes to see on which side of its limit it is, one at least."""
    texts = (f"{figure:.{decimals}f}" for decimals in range(1, 7))
    return next((text for text in texts if float(text) != limit), f"{figure:.1f}")


class _Line:
    """A line of text that is never longer than asked for: what closes a bracket has its room from the opening on.

    Args:
        edge: elements of an array shown at either end of a longer axis.
        whole: elements up to which an array is shown whole.
        style: how numbers are written.
    """

    def __init__(self, edge: int, whole: int, style: Style) -> None:
        self.text = ""
        self.is_cut = False
        self._edge, self._whole, self._style = edge, whole, style
        self._kept = len(MORE)

    def write(self, value: Any) -> None:
        """Add a value, as much of it as there is room for."""
        if isinstance(value, Array):
            self._array(value)
        elif isinstance(value, Scalar):
            text = number(numbers(value)[0], self._style, STRUCT_CODES[value.dtype])
            # Where a Python number is asked for, one of numpy's that is as wide counts as well.
            self._put(text if value.dtype in WIDEST and not self._style.given else f"np.{value.dtype}({text})")
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
            self._put(number(value, self._style))
        elif isinstance(value, (str, bytes)):
            self._quoted(value)
        else:
            self._put(repr(value))

    @property
    def _room(self) -> int:
        return self._style.longest - len(self.text) - self._kept

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
            self._put(number(numbers(element)[0], self._style, STRUCT_CODES[array.dtype]))
            return
        rows, step = shape[0], prod(shape[1:])
        shown = (*range(edge), None, *range(rows - edge, rows)) if rows > 2 * edge else range(rows)

        def row(number: int | None) -> None:
            if number is None:
                self._put("…")
            else:
                self._nested(array, start + number * step, shape[1:], edge)

        self._bracket("[", "]", shown, row)


def show_call(entry: str, inputs: Any, longest: int | None = None) -> list[str]:
    """A case's inputs as the lines of Python that make the call.

    Args:
        entry: the function or class.
        inputs: `Arguments` or `Script`.
        longest: characters that all arguments of one call share, if they have to.
    """
    if isinstance(inputs, Script):
        lines = [f"subject = {entry}({_arguments(inputs.init, longest)})"]
        return lines + [_step("subject", call, longest) for call in inputs.calls]
    return [f"{entry}({_arguments(inputs, longest)})"]


def _step(name: str, call: Call, longest: int | None) -> str:
    if call.arguments is None:
        return f"{name}.{call.name}"
    return f"{name}.{call.name}({_arguments(call.arguments, longest)})"


def _arguments(arguments: Arguments, longest: int | None) -> str:
    count = len(arguments.args) + len(arguments.kwargs)
    style = Style(given=True, longest=max(LEAST, longest // max(1, count)) if longest else LONGEST)
    parts = [show(value, style) for value in arguments.args]
    return ", ".join(parts + [f"{name}={show(value, style)}" for name, value in arguments.kwargs.items()])
