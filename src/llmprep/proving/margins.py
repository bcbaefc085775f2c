"""Measure how far off a submission is, in tolerances."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.diagnosis.evidence import is_number
from llmprep.compare import compare
from llmprep.model import Tolerance
from llmprep.values import Array, Scalar, numbers
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.checking.suite import Suite
    from llmprep.verdict import Report

EXACT = Tolerance(rtol=0.0, atol=0.0)


class Margin(NamedTuple):
    """How far off one program is, in tolerances: the worst element of the worst case; infinite without numbers."""

    name: str
    times: float


def margin_of(suite: Suite, report: Report) -> float:
    """Return how many tolerances a submission is off in its worst case; infinity where no number tells."""
    if report.verdict not in (Verdict.ACCEPTED, Verdict.WRONG_ANSWER) or len(report.cases) < len(suite.cases):
        return math.inf
    worst = 0.0
    for case, result in zip(suite.cases, report.cases, strict=True):
        if case.by_properties:
            if result.verdict is not Verdict.ACCEPTED:
                return math.inf
            continue
        here = miss(result.got, case.expected, case.tolerance)
        # A right value that was refused all the same was refused for what it did.
        if result.verdict is not Verdict.ACCEPTED and here <= 1:
            return math.inf
        worst = max(worst, here)
    return worst


def miss(got: Any, expected: Any, tolerance: Tolerance) -> float:
    """Return how many tolerances an output is off at worst; infinity for another kind, shape, type or integer."""
    if compare(got, expected, tolerance, values=False):
        return math.inf
    worst = 0.0
    for one, other in _singles(got, expected):
        if not compare(one, other, EXACT):
            continue
        ours, theirs = _floats(one), _floats(other)
        if ours is None or theirs is None or len(ours) != len(theirs):
            return math.inf
        floor = tolerance.atol * (max((abs(value) for value in theirs if is_number(value)), default=0.0) or 1.0)
        for value, wanted in zip(ours, theirs, strict=True):
            if value == wanted or (value != value and wanted != wanted):  # noqa: PLR0124  (NaN)
                continue
            allowed = tolerance.rtol * abs(wanted) + floor
            if not is_number(value) or not is_number(wanted) or not allowed:
                return math.inf
            worst = max(worst, abs(value - wanted) / allowed)
    return worst


def _singles(got: Any, expected: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what is compared one by one: arrays and single values, in outputs of like form."""
    if type(expected) in (list, tuple):
        for one, other in zip(got, expected, strict=True):
            yield from _singles(one, other)
    elif type(expected) is dict and got.keys() == expected.keys():
        for key, other in expected.items():
            yield from _singles(got[key], other)
    else:
        yield got, expected


def _floats(value: Any) -> Sequence[float] | None:
    """Return floating-point elements; None for anything that is compared exactly."""
    if isinstance(value, (Array, Scalar)):
        return list(map(float, numbers(value))) if value.dtype.startswith("float") else None
    return [float(value)] if type(value) is float else None
