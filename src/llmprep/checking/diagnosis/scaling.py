"""Find a constant, or a quantity of the inputs, by which outputs are too large, too small or shifted."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from llmprep.checking.diagnosis.elementwise import wraps
from llmprep.checking.diagnosis.evidence import ROUNDING, is_number, telling
from llmprep.values import Array, Scalar
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from llmprep.checking.diagnosis.evidence import Pair

MOST_PARTS = 1024
"""The largest denominator of a fraction that is written as one."""
LEAST_DEVIATION = 1e-3
"""A factor nearer to one than this is an error of precision, not a factor."""

KNOWN_CONSTANTS = {
    "log(2)": math.log(2), "1 / log(2)": 1 / math.log(2), "log(10)": math.log(10), "1 / log(10)": 1 / math.log(10),
    "pi": math.pi, "1 / pi": 1 / math.pi, "2 * pi": 2 * math.pi, "1 / (2 * pi)": 0.5 / math.pi,
    "sqrt(pi)": math.sqrt(math.pi), "sqrt(2 * pi)": math.sqrt(2 * math.pi), "sqrt(2)": math.sqrt(2),
    "1 / sqrt(2)": math.sqrt(0.5), "sqrt(3)": math.sqrt(3), "1 / sqrt(3)": 1 / math.sqrt(3),
}  # fmt: skip

SCALE_FORMS: dict[str, Callable[[float], float]] = {
    "{0}": lambda v: v,
    "1 / {0}": lambda v: 1 / v,
    "{0}**2": lambda v: v * v,
    "1 / {0}**2": lambda v: 1 / (v * v),
    "sqrt({0})": math.sqrt,
    "1 / sqrt({0})": lambda v: 1 / math.sqrt(v),
    "{0} / ({0} - 1)": lambda v: v / (v - 1),
    "({0} - 1) / {0}": lambda v: (v - 1) / v,
    "1 - {0}": lambda v: 1 - v,
    "1 / (1 - {0})": lambda v: 1 / (1 - v),
    "2 * {0}": lambda v: 2 * v,
    "1 / (2 * {0})": lambda v: 1 / (2 * v),
}


Number = float | Fraction


def ratio(pair: Pair) -> Number | None:
    """Return the factor that all elements that differ are off by, exact for integers; None if there is not just one."""
    differing = _differing(pair)
    if not differing:
        return None
    got, expected = max(differing, key=lambda both: abs(both[1]))
    if not got or not expected:
        return None
    if _integers(differing):
        exact = Fraction(got, expected)
        same = all(one * exact.denominator == other * exact.numerator for one, other in differing)
        return exact if same else None
    factor = float(got / expected)
    if not factor or not math.isfinite(factor) or abs(factor - 1) < LEAST_DEVIATION:
        return None
    return factor if pair.near([one for one, _ in differing], [factor * other for _, other in differing]) else None


def shift(pair: Pair) -> Number | None:
    """Return the constant by which all differing elements are too large, exact for integers; None if it varies."""
    differing = _differing(pair)
    if not differing:
        return None
    if _integers(differing):
        # In no set: a submission may have chosen the gaps so that all have one hash.
        gap = differing[0][0] - differing[0][1]
        return Fraction(gap) if all(one - other == gap for one, other in differing) else None
    constant = float(differing[0][0] - differing[0][1])
    if not math.isfinite(constant) or abs(constant) <= LEAST_DEVIATION * max(abs(other) for _, other in differing):
        return None
    return constant if pair.near([one for one, _ in differing], [other + constant for _, other in differing]) else None


def _integers(differing: Sequence[tuple[Any, Any]]) -> bool:
    return all(type(value) is int for both in differing for value in both)


def _differing(pair: Pair) -> list[tuple[Any, Any]]:
    """Return the elements that differ, got and expected; none at all if one of them is no finite number."""
    differing = [(pair.got.values[at], pair.expected.values[at]) for at in pair.places()]
    return differing if all(is_number(one) and is_number(other) for one, other in differing) else []


def _strength(pair: Pair) -> float:
    return telling(other for _, other in _differing(pair))


def quantities(pair: Pair) -> Iterator[tuple[str, float, bool]]:
    """Yield numbers that the inputs offer: what to write for each, the number, and whether it counts elements."""
    for name, value in pair.arguments.items():
        if isinstance(value, Array) and value.shape:
            for axis, extent in enumerate(value.shape):
                yield f"{name}.shape[{axis}]", extent, True
            if len(value.shape) > 1:
                yield f"{name}.size", math.prod(value.shape), True
        elif type(value) in (list, tuple):
            yield f"len({name})", len(value), True
        elif is_number(value):
            yield name, value, False
        elif isinstance(value, Scalar) and not value.dtype.startswith("complex"):
            from llmprep.values import numbers

            yield name, numbers(value)[0], False


def formulas(pair: Pair, wanted: Number) -> dict[str, str]:
    """Return formulas over one quantity of the inputs that equal `wanted`, with the kind of each."""
    found: dict[str, str] = {}
    exact = isinstance(wanted, Fraction)
    for name, value, counts in quantities(pair):
        for form, function in SCALE_FORMS.items():
            try:
                came = function(value)
                fits = math.isclose(came, wanted, rel_tol=ROUNDING if exact else 1e-6)
            except (ValueError, ZeroDivisionError, OverflowError):
                continue
            if came == wanted if exact and type(came) is int else fits:
                kind = {"{0}": "count", "1 / {0}": "share"}.get(form, "") if counts else ""
                found[form.format(name)] = kind
    return found


def named(value: Number) -> str:
    """Return A factor as one would write it: a fraction, a well-known constant, else its digits."""
    if isinstance(value, Fraction) and (value.denominator == 1 or value.denominator <= MOST_PARTS):
        return str(value)
    value = float(value)
    for largest, slack in ((64, 1e-6), (1024, 1e-9)):
        fraction = Fraction(value).limit_denominator(largest)
        if fraction and math.isclose(float(fraction), value, rel_tol=slack):
            return str(fraction)
    for name, constant in KNOWN_CONSTANTS.items():
        if math.isclose(abs(value), constant, rel_tol=1e-6):
            return name if value > 0 else f"-{name}"
    return f"{value:.6g}"


def factors(pairs: Sequence[Pair]) -> Finding | None:
    """Return the factor that explains every pair: a constant, or one that follows the inputs."""
    found = [ratio(pair) for pair in pairs]
    ratios: list[Number] = [one for one in found if one is not None]
    if len(ratios) < len(pairs):
        return None
    common = formulas(pairs[0], ratios[0])
    for pair, one in zip(pairs[1:], ratios[1:], strict=True):
        here = formulas(pair, one)
        common = {formula: kind for formula, kind in common.items() if formula in here}
    formula = next(iter(common), "")
    strength = telling(other for pair in pairs for _, other in _differing(pair))
    facts = {"formula": formula, "factor": named(ratios[0])}
    if _constant(ratios, pairs):
        if strength <= 1:
            return None
        return Finding("diagnose.factor_also" if formula else "diagnose.factor", facts)
    if formula:
        return Finding({"count": "diagnose.factor_count", "share": "diagnose.factor_share"}.get(
            common[formula], "diagnose.factor_formula"), facts)  # fmt: skip
    if all(_strength(pair) > 1 for pair in pairs):
        return Finding("diagnose.factor_varying", facts)
    return None


def shifts(pairs: Sequence[Pair]) -> Finding | None:
    """Return the constant that every pair is too large or too small by."""
    found = [shift(pair) for pair in pairs]
    constants: list[Number] = [one for one in found if one is not None]
    if len(constants) < len(pairs):
        return None
    if abs(constants[0]) == 1 and all(pair.exact for pair in pairs):
        return None  # an index or a count: `one_more` says so
    if all(any(wraps(_differing(pair))) for pair in pairs):
        return None  # 65536 is no offset that somebody chose
    facts = {"constant": named(max(constants[0], -constants[0]))}
    if _constant(constants, pairs):
        if telling(other for pair in pairs for _, other in _differing(pair)) <= 1:
            return None
        return Finding("diagnose.too_large" if constants[0] > 0 else "diagnose.too_small", facts)
    if all(_strength(pair) > 1 for pair in pairs):
        return Finding("diagnose.shift_varying", facts)
    return None


def _constant(values: Sequence[Number], pairs: Sequence[Pair]) -> bool:
    if all(isinstance(value, Fraction) for value in values):
        return all(value == values[0] for value in values)
    slack = max(1e-6, *(10 * pair.tolerance.rtol for pair in pairs))
    return all(math.isclose(value, values[0], rel_tol=slack) for value in values)
