"""Diagnose an output's elements, each beside the expected one."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

from llmprep.checking.diagnosis.evidence import ROUNDING, Trait, is_number
from llmprep.values import Array, numbers, unravel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from llmprep.checking.diagnosis.evidence import Pair

NEAREST = 1000.0
"""Times the tolerance up to which a miss is a near one."""
NARROW = 1e-6
"""The relative error that storing a value in 32 bits may come to."""
TINY = 1e-30
BYTE = 8
EXACT_FLOATS = 2.0**53
"""Below it a float tells every integer from the next."""
SIGNIFICANT = {16: ("<e", 1e-2), 32: ("<f", 1e-4)}
"""Formats of floating point narrower than 64 bits, and what relative error can come of computing in them."""

FUNCTIONS: dict[str, Callable[[Any], float]] = {
    "negative": lambda e: -e,
    "absolute": abs,
    "squared": lambda e: e * e,
    "root": math.sqrt,
    "reciprocal": lambda e: 1 / e,
    "logarithm": math.log,
    "exponential": math.exp,
    "complement": lambda e: 1 - e,
}


def whole(pair: Pair) -> Iterator[Trait]:
    """Yield traits of the output as a whole."""
    got, expected = pair.got.values, pair.expected.values
    if not pair.same_shape:
        return
    if pair.got.dtype != pair.expected.dtype and _equal_but_for_type(pair):
        yield Trait("diagnose.only_type")
        return
    for name, value in pair.arguments.items():
        if isinstance(value, Array) and value.shape == pair.got.shape and not value.dtype.startswith("complex"):
            given = tuple(numbers(value))
            if _same(got, given) and len(set(given)) > 1:
                yield Trait("diagnose.input_back", {"name": name})
    if len(got) > 1 and len(set(expected)) > 1 and is_number(got[0]) and all(one == got[0] for one in got):
        yield Trait("diagnose.zeros" if got[0] == 0 else "diagnose.constant", {}, {"value": got[0]})
    if all(type(value) is bool for value in (*got, *expected)):
        if all(one is not other for one, other in zip(got, expected, strict=True)):
            yield Trait("diagnose.negated")
        return
    if pair.numeric:
        yield from _functions(pair)


def _functions(pair: Pair) -> Iterator[Trait]:
    """Yield functions of the expected values that equal the output; each must change every element that differs."""
    places = pair.places()
    for name, function in FUNCTIONS.items():
        try:
            values = [function(value) if is_number(value) else value for value in pair.expected.values]
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if not places or not pair.near(pair.got.values, values):
            continue
        changed = list(pair.off(values, pair.expected.values))
        if all(changed[at] for at in places):
            yield Trait(f"diagnose.{name}")


def _same(values: Sequence[Any], others: Sequence[Any]) -> bool:
    """Return whether values are equal to the last digit, NaN with NaN."""
    return all(
        one == other or (one != one and other != other)  # noqa: PLR0124  (NaN)
        for one, other in zip(values, others, strict=True)
    )


def _equal_but_for_type(pair: Pair) -> bool:
    """Return whether the values are right: floats to the precision of a narrower float, anything else to rounding.

    What is not finite is right where it is the same, and nowhere else: no integer stands for an infinity or for NaN.
    """
    if pair.exact:
        return _same(pair.got.values, pair.expected.values)
    both = list(zip(pair.got.values, pair.expected.values, strict=True))
    try:
        return all(
            abs(one - other) <= (NARROW if type(one) is float else ROUNDING) * abs(other)
            if is_number(one) and is_number(other)
            else _same((one,), (other,))
            for one, other in both
        )
    except (TypeError, OverflowError):
        return False


def numeric(pair: Pair) -> Iterator[Trait]:
    """Yield traits of number formats and of rounding."""
    places = pair.places() if pair.same_shape and pair.numeric else []
    if not places:
        return
    differences = [(pair.got.values[at], pair.expected.values[at]) for at in places]
    if not all(is_number(one) and is_number(other) for one, other in differences):
        return
    if all(one == 0 and abs(other) < TINY for one, other in differences):
        yield Trait("diagnose.underflow", {}, {"expected": differences[0][1]})
    yield from wraps(differences)
    gaps = [one - other for one, other in differences]
    if pair.exact:
        if all(gap == 1 for gap in gaps):
            yield Trait("diagnose.one_more")
        elif all(gap == -1 for gap in gaps):
            yield Trait("diagnose.one_less")
        elif all(abs(gap) == 1 for gap in gaps):
            yield Trait("diagnose.off_by_one")
    else:
        yield from _rounding(pair, gaps, [other for _, other in differences])


def wraps(differences: Sequence[tuple[Any, Any]]) -> Iterator[Trait]:
    """Yield widths of integers in which a computation overflowed: all differences are multiples of 2**bits.

    A sum of values that wrapped may itself lie outside the width's range, so that no range is asked for. A byte is
    claimed only where the outputs lie within its range or the multiples differ: 256 alone may be an offset. So it is of
    any width where outputs are floats, which powers of 2 are common among.
    """
    values = [value for both in differences for value in both]
    # Above 2**53 every float is a multiple of some power of 2.
    if not all(type(value) is int or (abs(value) < EXACT_FLOATS and value.is_integer()) for value in values):
        return
    gaps = [int(one) - int(other) for one, other in differences]
    for bits in (32, 16, 8):
        if any(gap % (1 << bits) for gap in gaps):
            continue
        half = 1 << (bits - 1)
        within = all(-half <= one < 2 * half for one, _ in differences) and not any(
            -half <= other < half for _, other in differences
        )
        integers = all(type(value) is int for value in values)
        if within or (integers and (bits > BYTE or any(gap != gaps[0] for gap in gaps))):
            yield Trait("diagnose.wraps", {"bits": bits}, certain=integers and within and bits > BYTE)


def _rounding(pair: Pair, gaps: list[float], expected: list[float]) -> Iterator[Trait]:
    """Yield the fewer bits that hold every digit of a 64-bit output, and how near it came: of floats alone."""
    relative = max(abs(gap) for gap in gaps) / (max(map(abs, expected)) or 1.0)
    if pair.expected.dtype in ("float64", "float"):
        for bits, (form, most) in SIGNIFICANT.items():
            if relative < most and _representable(pair.got.values, form):
                yield Trait("diagnose.precision", {"bits": bits})
                break
    if "float" not in pair.expected.dtype and pair.expected.dtype != "list":
        return
    largest = max((abs(value) for value in pair.expected.values if is_number(value)), default=0.0) or 1.0
    allowed = [pair.tolerance.rtol * abs(other) + pair.tolerance.atol * largest for other in expected]
    times = max((abs(gap) / room if room else math.inf) for gap, room in zip(gaps, allowed, strict=True))
    if 1 < times <= NEAREST and relative < SIGNIFICANT[32][1]:
        yield Trait("diagnose.near_miss", {}, {"times": times})


def _representable(values: tuple[Any, ...], form: str) -> bool:
    """Return whether a narrower format holds these very numbers, some of which are not round."""
    try:
        # As floats, for of an integer that does not fit `struct` raises an error of its own.
        given = [(value, float(value)) for value in values if is_number(value)]
        same = all(struct.unpack(form, struct.pack(form, one))[0] == value for value, one in given)
    except OverflowError:
        return False
    return same and any((value * 5040) % 1 for value in values if is_number(value))


def somewhere(pair: Pair) -> Iterator[Trait]:
    """Yield traits of where the differing elements lie: inputs that share a sign, or an end of an axis."""
    if not pair.same_shape or len(pair.expected.values) < 3:  # noqa: PLR2004
        return
    places = set(pair.places())
    if len(places) == len(pair.expected.values):
        return
    for name, value in pair.arguments.items():
        if not isinstance(value, Array) or value.shape != pair.expected.shape or value.dtype.startswith("complex"):
            continue
        given = numbers(value)
        all_signs = [(value > 0) - (value < 0) for value in given]
        signs = {all_signs[at] for at in places}
        if len(signs) == 1 < len(set(all_signs)):
            yield Trait(f"diagnose.where_{('zero', 'positive', 'negative')[signs.pop()]}", {"name": name})
    for axis, extent in enumerate(pair.expected.shape):
        at = {unravel(place, pair.expected.shape)[axis] for place in places}
        if extent > 2 and len(at) == 1 and at <= {0, extent - 1}:  # noqa: PLR2004
            end = "first" if at == {0} else "last"
            if len(pair.expected.shape) > 1:
                yield Trait(f"diagnose.only_{end}", {"axis": axis})
            else:
                yield Trait(f"diagnose.only_{end}_element")
