"""Collect what differs between outputs and expected values, as numbers side by side: the evidence of diagnoses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.compare import differs
from llmprep.keys import at_key, by_key
from llmprep.values import Arguments, Array, Scalar, Script, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from llmprep.checking.suite import Case
    from llmprep.model import Tolerance

ROUNDING = 1e-12
"""The relative error that a few roundings of a 64-bit float come to at most."""
LARGEST = 20_000
"""Elements beyond which an output is not looked into."""


class Vector(NamedTuple):
    """Numbers or texts of an output, in C order."""

    shape: tuple[int, ...]
    values: tuple[Any, ...]
    dtype: str
    """numpy's name; "list" for a Python sequence, "bool", "int", "float" or "str" for a Python value."""

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers that can be reckoned with."""
        return all(type(value) in (int, float) for value in self.values)


class Pair(NamedTuple):
    """An output that differs, beside what was expected."""

    path: str
    """Where in what was returned, as a mismatch says it."""
    place: str
    """The same place in every case: for a script the call's name stands in for the number of the step."""
    got: Vector
    expected: Vector
    arguments: dict[str, Any]
    """What it was computed from, plain, by the parameters' names."""
    tolerance: Tolerance
    case: int = 0
    """The case's index."""

    @property
    def same_shape(self) -> bool:
        """Whether elements stand beside elements."""
        return self.got.shape == self.expected.shape

    @property
    def numeric(self) -> bool:
        """Whether both hold numbers."""
        return self.got.numeric and self.expected.numeric

    @property
    def exact(self) -> bool:
        """Whether integers are expected, which no tolerance holds for."""
        return not any(type(value) is float for value in self.expected.values)

    def near(self, values: Sequence[Any], others: Sequence[Any]) -> bool:
        """Return whether `values` equal `others` within the exercise's tolerance and rounding."""
        return not any(self.off(values, others))

    def off(self, values: Sequence[Any], others: Sequence[Any]) -> Iterator[bool]:
        """Yield, place by place, whether the values differ.

        Where integers are expected, an integer on either side is compared exactly, to the last digit; two floats, such
        as a root and an output, may differ by rounding and no more.
        """
        exact = self.exact
        scales = (
            max((abs(one) for one in side if is_number(one)), default=0.0) for side in (others, self.expected.values)
        )
        largest = next((scale for scale in scales if scale), 1.0)
        floor, rtol = max(self.tolerance.atol, 1e-12) * largest, max(self.tolerance.rtol, 1e-9)
        if exact:
            floor, rtol = 0.0, ROUNDING
        for value, other in zip(values, others, strict=True):
            if value == other or (value != value and other != other):  # noqa: PLR0124  (NaN)
                yield False
            elif is_number(value) and is_number(other) and not (exact and int in (type(value), type(other))):
                yield abs(value - other) > rtol * abs(other) + floor
            else:
                yield True

    def places_of_numbers(self) -> list[int]:
        """Return the places that differ where a finite number is expected."""
        return [at for at in self.places() if is_number(self.expected.values[at])]

    def places(self) -> list[int]:
        """Return the places that differ."""
        return [at for at, off in enumerate(self.off(self.got.values, self.expected.values)) if off]


class Trait(NamedTuple):
    """Something true of a pair. It explains a failure if it is true of all pairs at its place."""

    key: str
    facts: dict[str, Any] = {}  # noqa: RUF012  (never changed)
    here: dict[str, Any] = {}  # noqa: RUF012
    """Facts that may differ from pair to pair; the first pair's are told."""
    certain: bool = False
    """Whether a single round number shows it."""

    @property
    def identity(self) -> str:
        """What makes traits of two pairs the same."""
        return f"{self.key} {self.facts!r}"


def is_number(value: Any) -> bool:
    """Return whether it is a finite number."""
    return type(value) in (int, float) and math.isfinite(value)


def pairs_of(case: Case, got: Any, names: dict[str, tuple[str, ...]]) -> list[Pair]:
    """Return the outputs of one case that differ.

    Args:
        case: the case.
        got: what came of it.
        names: for each method, and for the entry itself under "", the names of its parameters.
    """
    found, inputs = [], case.inputs
    for path, step, one, other in _leaves(got, case.expected, inputs):
        if not differs(one, other, case.tolerance):
            continue
        first, second = _vector(one), _vector(other)
        if first is None or second is None:
            continue
        arguments, place = {}, path
        if step >= 0:
            call = inputs.calls[step]
            place = f"{call.name}{path.partition(']')[2]}"
            arguments = _named(call.arguments, names.get(call.name, ())) if call.arguments else {}
        elif isinstance(inputs, Arguments):
            arguments = _named(inputs, names.get("", ()))
        found.append(Pair(path, place, first, second, arguments, case.tolerance, case.index))
    return found


def arguments_of(inputs: Any, names: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return what each call of a case was given, by the parameters' names."""
    if not isinstance(inputs, Script):
        return [_named(inputs, names.get("", ()))]
    called = [call for call in inputs.calls if call.arguments is not None]
    given = [_named(call.arguments, names.get(call.name, ())) for call in called if call.arguments]
    return [_named(inputs.init, names.get("", ())), *given]


def _named(arguments: Arguments, names: tuple[str, ...]) -> dict[str, Any]:
    return dict(zip(names, arguments.args, strict=False)) | arguments.kwargs


def _leaves(got: Any, expected: Any, inputs: Any) -> Iterator[tuple[str, int, Any, Any]]:
    """Yield path, a script's step or -1, and the two values."""
    if isinstance(inputs, Script) and type(got) is type(expected) is list and len(got) == len(expected):
        for step, (one, other) in enumerate(zip(got, expected, strict=True)):
            for path, first, second in leaves(one, other, f"[{step}]"):
                yield path, step, first, second
    else:
        for path, first, second in leaves(got, expected, ""):
            yield path, -1, first, second


def leaves(got: Any, expected: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the single outputs in two values of like form, with their paths; where the form differs, the two whole."""
    both_sequences = type(got) in (list, tuple) and type(expected) in (list, tuple)
    if both_sequences and len(got) == len(expected) and _vector(expected) is None:
        for index, (one, other) in enumerate(zip(got, expected, strict=True)):
            yield from leaves(one, other, f"{path}[{index}]")
    elif (both := by_key(got, expected)) is not None:
        for key, one, other in both:
            yield from leaves(one, other, f"{path}{at_key(key)}")
    else:
        yield path, got, expected


def _vector(value: Any) -> Vector | None:
    """Return a value as a vector; None if it is none, or too large to examine."""
    if isinstance(value, (Array, Scalar)):
        if value.dtype.startswith("complex") or len(value.data) > LARGEST * 8:
            return None
        shape = value.shape if isinstance(value, Array) else ()
        return Vector(shape, tuple(numbers(value)), value.dtype)
    if type(value) in (list, tuple):
        kinds = {type(one) for one in value}
        flat = len(kinds) == 1 and kinds <= {bool, int, float, str} and len(value) > 1
        # A pair of numbers, such as a loss and a count, is two outputs; a longer row is one.
        if flat and len(value) <= LARGEST and (len(value) > 2 or type(value) is list):  # noqa: PLR2004
            return Vector((len(value),), tuple(value), "list") if _reckonable(value) else None
        return None
    if type(value) in (bool, int, float) and _reckonable([value]):
        return Vector((), (value,), type(value).__name__)
    return None


def _reckonable(values: Sequence[Any]) -> bool:
    """Return whether no integer is beyond the range of floating point."""
    return all(type(value) is not int or value.bit_length() < 1000 for value in values)  # noqa: PLR2004


def telling(values: Iterable[Any]) -> float:
    """Return how strong the evidence of a relation is that holds for these values.

    One for each value of its own; a third if it is round, for with 1, 2 and 0.5 many things come out alike.
    """
    return sum(1.0 if abs(value * 5040) % 1 else 1 / 3 for value in set(values) if is_number(value) and value)
