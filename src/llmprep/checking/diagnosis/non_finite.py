"""Diagnose NaN/inf outputs: the first affected case, and the input property shared by all affected cases.

A property is reported only if it holds for every affected case, and for none whose output was finite.
"""

from __future__ import annotations

import math
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.diagnosis.evidence import LARGEST, is_number
from llmprep.values import Array, Scalar, numbers, unravel
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from llmprep.checking.diagnosis.evidence import Pair

MOST_BITS = 1000
"""Bits of an integer beyond the range of floating point."""
TIMES_LARGER = 2
"""How many times larger than any input that went well the inputs of every other case must be, to be called large."""


class CaseTraits(NamedTuple):
    """The properties of one input that may explain its output."""

    numeric: bool
    size: int
    shape: tuple[int, ...]
    largest: float
    """Of its finite numbers' magnitudes; -1 if it has none."""
    zero: bool
    negative: bool
    nan: bool
    inf: bool
    level: frozenset[int]
    """The axes along which some line of at least two numbers is level; every axis where that was not looked into."""


def look(value: Any) -> CaseTraits:
    """Return the properties of an input."""
    if isinstance(value, (Array, Scalar)):
        shape = value.shape if isinstance(value, Array) else ()
        elements: Sequence[Any] = () if value.dtype.startswith(("complex", "bool")) else numbers(value)
    else:
        elements = value if type(value) in (list, tuple) else [value]
        shape = (len(elements),) if type(value) in (list, tuple) else ()
    kept = [one for one in elements if type(one) is float or (type(one) is int and one.bit_length() < MOST_BITS)]
    numeric = len(kept) == prod(shape)
    finite = [one for one in kept if is_number(one)]
    floats = [one for one in kept if type(one) is float]
    return CaseTraits(
        numeric,
        prod(shape),
        shape,
        max(map(abs, finite), default=-1.0),
        0 in finite,
        any(one < 0 for one in kept),
        any(map(math.isnan, floats)),
        any(map(math.isinf, floats)),
        frozenset(_level(kept, shape) if numeric and len(kept) <= LARGEST else range(len(shape))),
    )


def _level(elements: Sequence[Any], shape: tuple[int, ...]) -> Iterator[int]:
    """Yield the axes along which a line is level."""
    for axis, extent in enumerate(shape):
        step = prod(shape[axis + 1 :])
        starts = (at for at in range(len(elements)) if at // step % extent == 0) if step else ()
        if extent > 1 and any(_same(elements[at : at + extent * step : step]) for at in starts):
            yield axis


def _same(line: Sequence[Any]) -> bool:
    return all(one == line[0] for one in line)


def stray(pairs: Sequence[Pair], safe: Sequence[dict[str, Any]]) -> Finding | None:
    """Return the finding on NaN or infinities at one place of the output, if the first failing case has them there.

    Args:
        pairs: the outputs at that place of all failing cases.
        safe: what accepted calls were given, by the parameters' names.
    """
    places = _places(pairs[0])
    if not places or len(places) < len(pairs[0].places_of_numbers()):
        return None
    first, value = pairs[0], pairs[0].got.values[places[0]]
    kind, what = ("nan", "NaN") if math.isnan(value) else ("inf", "inf")
    facts: dict[str, Any] = {
        "case": first.case + 1,
        "index": unravel(places[0], first.expected.shape),
        "count": len(places),
        "total": len(first.expected.values),
    }
    sick = [pair.arguments for pair in pairs if _places(pair)]
    well = [*safe, *(pair.arguments for pair in pairs if not _places(pair))]
    compared = {}
    for name in first.arguments:
        ill = [look(arguments[name]) for arguments in sick if name in arguments]
        fine = [look(arguments[name]) for arguments in well if name in arguments]
        if fine and len(ill) == len(sick) and all(one.numeric for one in ill):
            compared[name] = (ill, fine)
    for cause in CAUSES:
        for name, (ill, fine) in compared.items():
            found = cause(ill, fine)
            if found is not None:
                suffix, more = found
                named = f"diagnose.{kind}_{suffix}" if suffix in {"large", "zero"} else f"diagnose.stray_{suffix}"
                return Finding(named, {**facts, "what": what, "name": name, **more})
    return Finding(f"diagnose.{kind}", facts)


def _places(pair: Pair) -> list[int]:
    """Return where a pair has NaN or an infinity in the place of a number."""
    if not pair.same_shape or not pair.numeric:
        return []
    return [at for at in pair.places_of_numbers() if not is_number(pair.got.values[at])]


Cause = tuple[str, dict[str, Any]] | None
if TYPE_CHECKING:
    FindCause = Callable[[Sequence[CaseTraits], Sequence[CaseTraits]], Cause]


def _large(ill: Sequence[CaseTraits], fine: Sequence[CaseTraits]) -> Cause:
    least, limit = min(one.largest for one in ill), max(one.largest for one in fine)
    if limit >= 0 and least > TIMES_LARGER * limit:
        return "large", {"value": ill[0].largest, "limit": limit}
    return None


def _along(suffix: str, holds: Callable[[CaseTraits, int], bool]) -> FindCause:
    """Return what looks for a property of one axis, the last first, of inputs of equal rank."""

    def cause(ill: Sequence[CaseTraits], fine: Sequence[CaseTraits]) -> Cause:
        rank = len(ill[0].shape)
        if any(len(one.shape) != rank for one in (*ill, *fine)):
            return None
        for axis in reversed(range(rank)):
            if all(holds(one, axis) for one in ill) and not any(holds(one, axis) for one in fine):
                return suffix, {"axis": axis}
        return None

    return cause


def _held(suffix: str, holds: Callable[[CaseTraits], bool]) -> FindCause:
    """Return what looks for a property that an input has or has not."""

    def cause(ill: Sequence[CaseTraits], fine: Sequence[CaseTraits]) -> Cause:
        return (suffix, {}) if all(map(holds, ill)) and not any(map(holds, fine)) else None

    return cause


CAUSES: tuple[FindCause, ...] = (
    _held("nan", lambda one: one.nan),
    _held("inf", lambda one: one.inf),
    _held("empty", lambda one: one.size == 0),
    _large,
    _held("zero", lambda one: one.zero),
    _along("single", lambda one, axis: one.shape[axis] == 1),
    _along("equal", lambda one, axis: axis in one.level),
    _held("negative", lambda one: one.negative),
)
"""The most telling first."""
