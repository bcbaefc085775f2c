"""Laws of the diagnosis: each kind of failure is told as what it is, and as nothing else."""

from __future__ import annotations

import math
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import llmprep.checking
from llmprep.checking.diagnosis.diagnose import diagnose
from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers
from llmprep.checking.suite import Case, Suite
from llmprep.checking.verdicts import grade_cases
from llmprep.compare import compare
from llmprep.messages.diagnose import MESSAGES
from llmprep.model import Exercise, Language, Text, Tolerance
from llmprep.sandbox.codec import encode
from llmprep.sandbox.worker.convert import to_plain
from llmprep.ui.report.findings import words
from llmprep.values import Arguments, Call, Script, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from llmprep.verdict import Finding

TEXT = Text("text", "文字")
TIGHT = Tolerance(1e-9, 1e-12)


def exercise(starter: str) -> Exercise:
    return Exercise(
        id="topic/it",
        title=TEXT,
        difficulty="easy",
        minutes=1,
        prompt=TEXT,
        sources=(),
        kind="exercise",
        entry="it",
        starter=starter,
        reference="",
        cases=(),
        tolerance=Tolerance(1e-9, 1e-12),
        mistakes=(),
        hints=(TEXT, TEXT, TEXT),
        explanation=TEXT,
    )


def told(
    right: Callable[..., Any],
    wrong: Callable[..., Any],
    inputs: list[tuple[Any, ...]],
    names: str = "x, y, z",
    tolerance: Tolerance = TIGHT,
) -> list[Finding]:
    """The diagnosis of `wrong` where `right` is the reference."""
    cases, said = [], []
    with np.errstate(all="ignore"):
        for index, given in enumerate(inputs):
            plain = Arguments(tuple(to_plain(value, 1 << 30) for value in given), {})
            expected = to_plain(right(*given), 1 << 30)
            cases.append(Case(index, 0, "general", encode(plain), expected, tolerance, False, False))
            said.append(CaseAnswer(to_plain(wrong(*given), 1 << 30), (), False, (), "", 0.0))
    suite = Suite(tuple(cases), tuple(case.expected for case in cases), encode({}))
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    return list(diagnose(exercise(f"def it({names}):\n    ..."), suite, results))


RNG = np.random.default_rng(7)
MATRICES = [(RNG.normal(size=shape),) for shape in [(2, 3), (4, 2), (3, 5)]]
SQUARES = [(RNG.normal(size=(n, n)),) for n in (2, 3, 4)]
CUBES = [(RNG.normal(size=(2, 3, 4)),), (RNG.normal(size=(3, 2, 2)),)]
ROWS = [(RNG.normal(size=n),) for n in (4, 5, 7)]
POSITIVE = [(np.abs(RNG.normal(size=n)) + 0.1,) for n in (4, 5, 7)]
COUNTS = [(RNG.integers(0, 900, size=n),) for n in (4, 5, 7)]
SCALED = [(RNG.normal(size=n), float(t)) for n, t in [(4, 1.7), (5, 2.3), (4, 0.6)]]
WHOLE = [(RNG.integers(1, 900, size=n).astype(float),) for n in (4, 5, 7)]
SIZES_WITH_ZERO = [(np.array([1.0, 2.0, 0.5]),), (np.array([3.0, 0.0, 0.5]),)]


def softmax(x: Any, axis: int = -1) -> Any:
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def normalized(x: Any, eps: float) -> Any:
    """Rows of zero mean and unit variance."""
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt(x.var(-1, keepdims=True) + eps)


LEVEL = (np.array([[1.0, -2.0, 0.5], [3.0, 3.0, 3.0]]),)


class Row(NamedTuple):
    """A kind of failure: a reference, a submission that fails so, and inputs that show it."""

    key: str
    right: Callable[..., Any]
    wrong: Callable[..., Any]
    inputs: list[tuple[Any, ...]]
    facts: dict[str, Any] = {}  # noqa: RUF012


SPEAKS_ON = [
    Row("factor", np.tanh, lambda x: 2 * np.tanh(x), ROWS, {"factor": "2"}),
    Row("factor", np.tanh, lambda x: np.tanh(x) / 2, ROWS, {"factor": "1/2"}),
    Row("factor", np.tanh, lambda x: np.tanh(x) / -3, ROWS, {"factor": "-1/3"}),
    Row("factor", np.log, np.log2, POSITIVE, {"factor": "1 / log(2)"}),
    Row("factor", np.log2, np.log, POSITIVE, {"factor": "log(2)"}),
    Row("factor", np.log, np.log10, POSITIVE, {"factor": "1 / log(10)"}),
    Row("factor", np.tanh, lambda x: 0.3217 * np.tanh(x), ROWS, {"factor": "0.3217"}),
    Row("factor", lambda x: float(np.sum(x)), lambda x: 2 * float(np.sum(x)), ROWS, {"factor": "2"}),
    Row("factor_also", lambda x: x.mean(0), lambda x: x.sum(0), MATRICES[:1], {"factor": "2", "formula": "x.shape[0]"}),
    Row("factor_count", lambda x: x.mean(0), lambda x: x.sum(0), MATRICES, {"formula": "x.shape[0]"}),
    Row("factor_count", lambda x: x.mean(1), lambda x: x.sum(1), MATRICES, {"formula": "x.shape[1]"}),
    Row("factor_count", lambda x: float(x.mean()), lambda x: float(x.sum()), MATRICES, {"formula": "x.size"}),
    Row("factor_share", lambda x: x.sum(0), lambda x: x.mean(0), MATRICES, {"formula": "1 / x.shape[0]"}),
    Row("factor_formula", lambda x: x.var(ddof=1), np.var, ROWS, {"formula": "(x.shape[0] - 1) / x.shape[0]"}),
    Row("factor_formula", lambda x, _: np.tanh(x), lambda x, y: np.tanh(x) * y * y, SCALED, {"formula": "y**2"}),
    Row("factor_formula", lambda x, _: np.tanh(x), lambda x, y: np.tanh(x) / y, SCALED, {"formula": "1 / y"}),
    Row("factor_varying", softmax, np.exp, ROWS),
    Row("too_large", np.tanh, lambda x: np.tanh(x) + 1, ROWS, {"constant": "1"}),
    Row("too_small", np.tanh, lambda x: np.tanh(x) - 0.25, ROWS, {"constant": "1/4"}),
    Row("shift_varying", lambda x: x - x.max(), lambda x: x - x.min(), ROWS),
    Row("negative", np.tanh, lambda x: -np.tanh(x), ROWS),
    Row("absolute", np.tanh, lambda x: np.abs(np.tanh(x)), ROWS),
    Row("squared", np.std, np.var, ROWS),
    Row("root", np.var, np.std, ROWS),
    Row("reciprocal", lambda x: x / x.sum(), lambda x: x.sum() / x, ROWS),
    Row("logarithm", softmax, lambda x: np.log(softmax(x)), ROWS),
    Row("exponential", lambda x: np.log(softmax(x)), softmax, ROWS),
    Row("complement", softmax, lambda x: 1 - softmax(x), ROWS),
    Row("negated", lambda x: x > 0, lambda x: x <= 0, ROWS),
    Row("zeros", np.tanh, np.zeros_like, ROWS),
    Row("constant", np.tanh, lambda x: np.full_like(x, 0.7), ROWS, {"value": 0.7}),
    Row("input_back", np.tanh, lambda x: x.copy(), ROWS, {"name": "x"}),
    Row("transposed", lambda x: np.tanh(x @ x), lambda x: np.tanh(x @ x).T, SQUARES),
    Row("transposed", np.tanh, lambda x: np.tanh(x).T, MATRICES),
    Row("axes_swapped", np.tanh, lambda x: np.tanh(x).swapaxes(1, 2), CUBES, {"order": (0, 2, 1)}),
    Row("flipped", np.cumsum, lambda x: np.cumsum(x)[::-1], ROWS, {"axis": 0}),
    Row("flipped", np.tanh, lambda x: np.tanh(x)[:, ::-1], MATRICES, {"axis": 1}),
    Row("rolled", np.tanh, lambda x: np.roll(np.tanh(x), 1), ROWS, {"axis": 0, "shift": 1}),
    Row("rolled", np.tanh, lambda x: np.roll(np.tanh(x), -1, axis=0), MATRICES[1:], {"axis": 0, "shift": -1}),
    Row("late", np.cumsum, lambda x: np.cumsum(x) - x, ROWS, {"axis": 0}),
    Row("early", lambda x: np.cumsum(x) - x, np.cumsum, ROWS, {"axis": 0}),
    Row("permuted", np.sort, lambda x: x[np.argsort(np.sin(99 * x))], ROWS),
    Row("permuted", lambda x: x.tolist(), lambda x: sorted(x.tolist()), [(np.array([5, 9, 1, 7]),)]),
    Row("axis_of_one", lambda x: x.sum(1), lambda x: x.sum(1, keepdims=True), MATRICES),
    Row("axis_of_one", lambda x: x.sum(1, keepdims=True), lambda x: x.sum(1), MATRICES),
    Row("reshaped", np.tanh, lambda x: np.tanh(x).ravel(), MATRICES),
    Row("only_type", np.tanh, lambda x: np.tanh(x).astype(np.float32), ROWS),
    Row("only_type", lambda x: x > 300, lambda x: (x > 300).astype(int), COUNTS),
    Row("only_type", np.tanh, lambda x: np.tanh(x).tolist(), ROWS),
    Row("only_type", lambda x: x * 1.0, lambda x: x.astype(int), WHOLE),
    Row("only_type", lambda x: np.append(np.inf, x), lambda x: np.append(np.inf, x).astype(np.float32), WHOLE),
    Row("only_type", lambda x: float(x.sum()), lambda x: np.float32(x.sum()), ROWS),
    Row("missing_first", np.tanh, lambda x: np.tanh(x)[1:], ROWS, {"count": 1}),
    Row("missing_last", np.tanh, lambda x: np.tanh(x)[:-2], ROWS, {"count": 2}),
    Row("extra_first", np.tanh, lambda x: np.r_[0.0, np.tanh(x)], ROWS, {"count": 1}),
    Row("extra_last", np.tanh, lambda x: np.r_[np.tanh(x), 0.0], ROWS, {"count": 1}),
    Row("reduced_axis", lambda x: x.max(1), lambda x: x.max(0), MATRICES, {"axis": 1, "other": 0}),
    Row("normalized_axis", softmax, lambda x: softmax(x, 0), MATRICES, {"axis": 1, "other": 0}),
    Row("normalized_axis", lambda x: x - x.mean(1, keepdims=True), lambda x: x - x.mean(0), MATRICES, {"axis": 1}),
    Row("wraps", lambda x: x * 7, lambda x: (x * 7).astype(np.int8).astype(int), COUNTS, {"bits": 8}),
    Row("wraps", lambda x: x * 700, lambda x: (x * 700).astype(np.int16).astype(int), COUNTS, {"bits": 16}),
    Row("wraps", lambda x: x * 700 - 9, lambda x: (x * 700).astype(np.int16).astype(int) - 9, COUNTS, {"bits": 16}),
    Row("wraps", lambda x: 3 * x + 2**40, lambda x: (3 * x + 2**40).astype(np.int32).astype(int), COUNTS, {"bits": 32}),
    Row("wraps", lambda x: int(x[0]) + 65_530, lambda x: int(x[0]) - 6, [(np.array([70]),)], {"bits": 16}),
    Row("wraps", lambda x: x + 70_000, lambda x: x + 70_000 - 65_536 * (1 + x % 3), COUNTS, {"bits": 16}),
    Row("factor", lambda x: x + 2**54, lambda x: 3 * (x + 2**54), COUNTS, {"factor": "3"}),
    Row("too_large", lambda x: x + 2**54, lambda x: x + 2**54 + 5, COUNTS, {"constant": "5"}),
    Row("negative", lambda x: x + 2**54 + 1, lambda x: -(x + 2**54 + 1), COUNTS),
    Row("one_more", lambda x: x // 7, lambda x: -(-x // 7), COUNTS),
    Row("one_less", lambda x: -(-x // 7), lambda x: x // 7, COUNTS),
    Row(
        "off_by_one",
        lambda x: np.round(x / 2).astype(int),
        lambda x: np.floor(x / 2).astype(int) + (x % 8 == 1),
        [(np.arange(9) * 3,)],
    ),
    Row("precision", np.tanh, lambda x: np.tanh(x.astype(np.float32)).astype(float), ROWS, {"bits": 32}),
    Row("precision", np.tanh, lambda x: np.tanh(x).astype(np.float16).astype(float), ROWS, {"bits": 16}),
    Row("near_miss", lambda x: x / x.std(), lambda x: x / np.sqrt(x.var() + 1e-8), ROWS),
    Row("underflow", lambda x: x * 1e-200, lambda x: np.where(x < 1, 0.0, x * 1e-200), [(np.array([0.3, 1.7, 2.9]),)]),
    Row("nan", lambda x: x * 1.0, lambda x: np.where(x == x.max(), np.nan, x), ROWS, {"count": 1}),
    Row("nan_large", softmax, lambda x: np.exp(x) / np.exp(x).sum(), [*ROWS, (np.array([1.0, 999.0]),)]),
    Row("nan_zero", np.sign, lambda x: x / np.abs(x), SIZES_WITH_ZERO, {"name": "x"}),
    Row("inf", lambda x: x * 1.0, lambda x: np.where(x == x.max(), np.inf, x), ROWS),
    Row("inf_large", lambda x: np.logaddexp(0, x), lambda x: np.log(1 + np.exp(x)), [*ROWS, (np.array([1.0, 999.0]),)]),
    Row("inf_zero", lambda x: np.where(x > 0, 1 / np.maximum(x, 0.1), 0), lambda x: 1 / x, SIZES_WITH_ZERO),
    Row("stray_nan", np.nan_to_num, lambda x: x + 0, [*ROWS, (np.array([1.0, np.nan]),)], {"what": "NaN"}),
    Row("stray_inf", lambda x: np.clip(x, -9, 9), lambda x: x + 0, [*ROWS, (np.array([1.0, np.inf]),)]),
    Row("stray_empty", lambda x: float(x.sum()), lambda x: float(x.mean() * x.size), [*ROWS, (np.zeros(0),)]),
    Row("stray_single", lambda x: x.var(), lambda x: x.var(ddof=1) * (x.size - 1) / x.size, [*ROWS, (np.ones(1),)]),
    Row("stray_equal", lambda x: normalized(x, 1e-12), lambda x: normalized(x, 0.0), [*MATRICES, LEVEL], {"axis": 1}),
    Row("stray_negative", lambda x: np.sign(x) * np.abs(x) ** 0.5, np.sqrt, [*POSITIVE, *ROWS[1:]], {"name": "x"}),
    Row("where_negative", lambda x: np.where(x > 0, x, np.expm1(x)), lambda x: np.maximum(x, 0), ROWS, {"name": "x"}),
    Row("where_positive", lambda x: np.where(x > 0, np.tanh(x), x), lambda x: x * np.exp(0 * x) + 0.01 * (x > 0), ROWS),
    Row("where_zero", lambda x: (x == 0) + np.tanh(x), np.tanh, SIZES_WITH_ZERO, {"name": "x"}),
    Row("only_first_element", np.tanh, lambda x: np.r_[0.3, np.tanh(x)[1:]], [(np.abs(x),) for (x,) in ROWS]),
    Row("only_last_element", np.tanh, lambda x: np.r_[np.tanh(x)[:-1], 0.3], [(np.abs(x),) for (x,) in ROWS]),
    Row("only_first", np.tanh, lambda x: np.c_[x[:, 0] * 9, np.tanh(x)[:, 1:]], MATRICES[2:]),
    Row("only_last", np.tanh, lambda x: np.c_[np.tanh(x)[:, :-1], x[:, 0] * 9], MATRICES[2:]),
]


def but(function: Callable[..., Any], *places: int, by: float = 0.37) -> Callable[..., Any]:
    """A function whose output is off in these places too."""

    def spoilt(*inputs: Any) -> Any:
        output = np.array(function(*inputs))
        for place in places:
            output.flat[place] = not output.flat[place] if output.dtype == bool else output.flat[place] + by
        return output

    return spoilt


def sparing(right: Callable[..., Any], wrong: Callable[..., Any]) -> Callable[..., Any]:
    """A function that goes wrong but for float32: one such input has all that the others have, and comes out right."""
    return lambda x: right(x) if x.dtype == np.float32 else wrong(x)


def twin(*inputs: Any) -> tuple[Any, ...]:
    return tuple(np.asarray(value, dtype=np.float32) for value in inputs)


def listed(*values: int) -> list[tuple[Any, ...]]:
    """One call whose output, got as well as expected, is up to the function: it is given integers."""
    return [(np.array(values),)]


def instead(*values: Any) -> Callable[..., Any]:
    return lambda *_: np.array(values)


LOOSE = Tolerance(1e-3, 0.0)
VERY_LOOSE = Tolerance(0.2, 0.0)
BIG = [(np.array([1_000_001, 2_000_003, 3_000_017]),)]
HUGE = [(np.array([2**63 - 1, 2**62 + 1, 2**61 + 3], dtype=np.uint64),)]
ONE = [(np.array([1.0, 999.0]),), twin([1.0, 999.0])]
WITH_ZERO = [*SIZES_WITH_ZERO, twin([3.0, 0.0, 0.5])]


class Silent(NamedTuple):
    """A failure that is nearly of a kind, and is not."""

    key: str
    right: Callable[..., Any]
    wrong: Callable[..., Any]
    inputs: list[tuple[Any, ...]]
    tolerance: Tolerance = TIGHT


SILENT_ON = [
    # Integers are exact: what a tolerance for floats would let pass as near is not.
    Silent("factor", lambda x: 3 * x, lambda x: 6 * x + (x == x[0]), BIG, LOOSE),
    Silent("factor", lambda x: x // 4, lambda x: x // 2 + (x > 2**62), HUGE),
    Silent("factor_also", np.tanh, lambda x: 2 * np.tanh(x), ROWS),
    Silent("factor_also", lambda x: 3 * x, lambda x: 9 * x + (x == x[0]), BIG, LOOSE),
    Silent("factor_count", lambda x: x.mean(0), lambda x: x.sum(0) / (x.shape[0] - 0.5), MATRICES),
    Silent("factor_share", lambda x: x.sum(0), lambda x: x.mean(0), MATRICES[:1]),
    Silent("factor_formula", lambda x, _: np.tanh(x), lambda x, y: np.tanh(x) * (y if y > 2 else y + 1), SCALED),
    Silent("factor_varying", np.tanh, lambda x: 2 * np.tanh(x), ROWS),
    Silent("factor_varying", softmax, but(np.exp, 0), ROWS),
    Silent("too_large", lambda x: x * 2, lambda x: x * 2 + 90_000 + (x == x[0]), BIG, LOOSE),
    Silent("too_large", lambda x: x // 4, lambda x: x // 4 + 70_000 + (x > 2**62), HUGE),
    Silent("too_small", lambda x: x * 2, lambda x: x * 2 - 90_000 - (x == x[0]), BIG, LOOSE),
    Silent("shift_varying", np.tanh, lambda x: np.tanh(x) + 0.25, ROWS),
    Silent("negative", lambda x: -x, lambda x: x + (x == x[0]), BIG, LOOSE),
    Silent("negative", np.tanh, lambda x: np.abs(np.tanh(x)), ROWS),
    Silent("absolute", instead(2147483647, 2147483640, 11), instead(2147483646, 2147483640, 11), BIG, LOOSE),
    Silent("absolute", instead(1000), instead(1001), BIG, LOOSE),
    Silent("absolute", instead(1000, 2000, 3001), instead(1001, 2002, 3003), BIG, LOOSE),
    Silent("absolute", lambda x: int(x[0]), lambda x: int(x[0]) + 1, BIG, LOOSE),
    Silent("absolute", lambda x: x.tolist(), lambda x: (x + 1).tolist(), BIG, LOOSE),
    Silent("absolute", lambda x: x, lambda x: x - 1, HUGE),
    Silent(
        "absolute", lambda x: np.abs(x) + 1.0, lambda x: (np.abs(x) + 1.0) * (1 + 2e-10), ROWS, Tolerance(1e-12, 0.0)
    ),
    Silent("absolute", lambda x: -x, lambda x: np.where(x == x[0], x + 1, x), BIG, LOOSE),
    Silent("squared", instead(1003, 1005, 1007), instead(1003**2, 1005**2, 1007**2 + 1), BIG, LOOSE),
    Silent("squared", instead(0.0, 1.0, 1.0), instead(0.0, 1.0, 1.0 + 1e-10), ROWS, Tolerance(1e-12, 0.0)),
    Silent("root", instead(3**20, 5**20, 7**20), instead(3**10, 5**10, 7**10 + 1), BIG, LOOSE),
    Silent("reciprocal", lambda x: x / x.sum(), but(lambda x: x.sum() / x, 0), ROWS),
    Silent("logarithm", softmax, but(lambda x: np.log(softmax(x)), 0), ROWS),
    Silent("exponential", lambda x: np.log(softmax(x)), but(softmax, 0), ROWS),
    Silent("complement", softmax, but(lambda x: 1 - softmax(x), 0), ROWS),
    Silent("complement", instead(-999, 5, 7), instead(1001, -4, -6), BIG, LOOSE),
    Silent("negated", lambda x: x > 0, but(lambda x: x <= 0, 0), ROWS),
    Silent("zeros", np.tanh, but(np.zeros_like, 0, by=1e-300), ROWS),
    Silent("constant", np.tanh, but(lambda x: np.full_like(x, 0.7), 0), ROWS),
    Silent("input_back", lambda x: 2 * x, lambda x: x + (x == x[0]), BIG, LOOSE),
    Silent("input_back", lambda x: x // 2, lambda x: x - 1, HUGE),
    Silent("transposed", lambda x: np.tanh(x @ x), but(lambda x: np.tanh(x @ x).T, 1), SQUARES),
    Silent(
        "transposed",
        lambda x: x,
        lambda x: x.T + np.eye(2, dtype=int),
        [(np.array([[10**6, 5], [7, 9 * 10**6]]),)],
        LOOSE,
    ),
    Silent("axes_swapped", np.tanh, but(lambda x: np.tanh(x).swapaxes(1, 2), 1), CUBES),
    Silent("flipped", np.cumsum, but(lambda x: np.cumsum(x)[::-1], 0), ROWS),
    Silent("flipped", lambda x: 2 * x, lambda x: 2 * x[::-1] + 1, BIG, LOOSE),
    Silent("rolled", np.tanh, but(lambda x: np.roll(np.tanh(x), 1), 0), ROWS),
    Silent("late", np.cumsum, but(lambda x: np.cumsum(x) - x, -1), ROWS),
    Silent("early", lambda x: np.cumsum(x) - x, but(np.cumsum, 0), ROWS),
    Silent("permuted", np.sort, but(lambda x: x[np.argsort(np.sin(99 * x))], 0), ROWS),
    Silent("permuted", lambda x: 2 * x, lambda x: 2 * np.roll(x, 1) + 1, BIG, LOOSE),
    Silent("axis_of_one", lambda x: x.sum(1), but(lambda x: x.sum(1, keepdims=True), 0), MATRICES),
    Silent("reshaped", np.tanh, lambda x: np.tanh(x).T.ravel(), MATRICES),
    Silent("only_type", lambda x: x + 2**24, lambda x: (x + 2**24).astype(np.float32), listed(1, 3, 5)),
    Silent("only_type", lambda x: x, lambda x: x.astype(np.float64), HUGE),
    Silent("only_type", np.tanh, but(lambda x: np.tanh(x).astype(np.float32), 0), ROWS),
    Silent("only_type", lambda x: np.append(np.inf, x), lambda x: np.append(np.inf, x).astype(int), WHOLE),
    Silent("only_type", lambda x: np.append(-np.inf, x), lambda x: np.append(-np.inf, x).astype(int), WHOLE),
    Silent("only_type", lambda x: np.append(np.nan, x), lambda x: np.append(np.nan, x).astype(int), WHOLE),
    Silent("only_type", lambda x: np.append(np.inf, x), lambda x: np.append(1e38, x).astype(np.float32), WHOLE),
    Silent("only_type", lambda x: np.append(np.inf, x), lambda x: np.append(np.nan, x).astype(np.float32), WHOLE),
    Silent("only_type", lambda x: x + 1e7 + 0.5, lambda x: (x + 1e7 + 0.5).astype(int), WHOLE),
    Silent("missing_first", np.tanh, but(lambda x: np.tanh(x)[1:], 0), ROWS),
    Silent("missing_last", np.tanh, but(lambda x: np.tanh(x)[:-2], 0), ROWS),
    Silent("extra_first", np.tanh, but(lambda x: np.r_[0.0, np.tanh(x)], 2), ROWS),
    Silent("extra_last", np.tanh, but(lambda x: np.r_[np.tanh(x), 0.0], 2), ROWS),
    Silent("reduced_axis", lambda x: x.max(1), lambda x: x.max(0), SQUARES),
    Silent("normalized_axis", softmax, lambda x: softmax(x, 0) ** 2, MATRICES),
    Silent(
        "normalized_axis",
        instead([10**6, 5, 0], [0, 10**6, 5], [5, 0, 10**6]),
        instead([10**6, 0, 1], [5, 10**6, 0], [0, 4, 10**6 + 7]),
        BIG,
        LOOSE,
    ),
    Silent("wraps", lambda x: x, lambda x: x - 2**16 + (x == x[0]), BIG, LOOSE),
    Silent("wraps", lambda x: x * 2.0**60, lambda x: x * 2.0**60 + x * x * 2.0**40, listed(1, 3, 5)),
    Silent("wraps", lambda x: x * 2.0**16, lambda x: x * 2.0**16 + x * x * 2.0**16, listed(1, 3, 5)),
    Silent("wraps", instead(700, 900, 1100), instead(956, 1156, 1356), BIG),
    Silent("one_more", lambda x: x // 7, lambda x: x // 7 + 1 + (x == x.max()), COUNTS),
    Silent("one_more", lambda x: x * 1.0, lambda x: x + 1.0, ROWS),
    Silent("one_less", lambda x: x // 7, lambda x: x // 7 - 1 - (x == x.max()), COUNTS),
    Silent("off_by_one", lambda x: x // 7, lambda x: x // 7 + np.where(x == x.max(), 2, -1), COUNTS),
    Silent("precision", np.tanh, but(lambda x: np.tanh(x.astype(np.float32)).astype(float), 0), ROWS),
    Silent("near_miss", lambda x: x.tolist(), lambda x: (x + np.array([1, 1, 2])).tolist(), BIG, Tolerance(1e-8, 0.0)),
    Silent("near_miss", lambda x: x, lambda x: x + np.array([1, 1, 2], dtype=np.uint64), HUGE),
    Silent("near_miss", np.tanh, but(np.tanh, 0), ROWS),
    Silent("underflow", lambda x: x * 1e-20, lambda x: x * 0.0, ROWS),
    Silent("nan", lambda x: np.where(x > x.min(), x, np.nan), lambda x: np.where(x > x.min(), x + 1, np.nan), ROWS),
    Silent("nan_large", softmax, sparing(softmax, lambda x: np.exp(x) / np.exp(x).sum()), [*ROWS, *ONE]),
    Silent("nan_zero", np.sign, sparing(np.sign, lambda x: x / np.abs(x)), WITH_ZERO),
    Silent("inf", lambda x: np.where(x > x.min(), x, np.inf), lambda x: np.where(x > x.min(), x + 1, np.inf), ROWS),
    Silent(
        "inf_large",
        lambda x: np.logaddexp(0, x),
        sparing(lambda x: np.logaddexp(0, x), lambda x: np.log(1 + np.exp(x))),
        [*ROWS, *ONE],
    ),
    Silent(
        "inf_zero",
        lambda x: np.where(x > 0, 1 / np.maximum(x, 0.1), 0),
        sparing(lambda x: np.where(x > 0, 1 / np.maximum(x, 0.1), 0), lambda x: 1 / x),
        WITH_ZERO,
    ),
    Silent(
        "stray_nan",
        np.nan_to_num,
        sparing(np.nan_to_num, lambda x: x + 0),
        [*ROWS, (np.array([1.0, np.nan]),), twin([np.nan])],
    ),
    Silent(
        "stray_inf",
        lambda x: np.clip(x, -9, 9),
        sparing(lambda x: np.clip(x, -9, 9), lambda x: x + 0),
        [*ROWS, (np.array([1.0, np.inf]),), twin([np.inf])],
    ),
    Silent(
        "stray_empty",
        lambda x: float(x.sum()),
        sparing(lambda x: float(x.sum()), lambda x: float(x.mean() * x.size)),
        [*ROWS, (np.zeros(0),), twin([])],
    ),
    Silent(
        "stray_single",
        lambda x: x.var(),
        sparing(lambda x: x.var(), lambda x: x.var(ddof=1) * (x.size - 1) / x.size),
        [*ROWS, (np.ones(1),), twin([1.0])],
    ),
    Silent(
        "stray_equal",
        lambda x: normalized(x, 1e-12),
        sparing(lambda x: normalized(x, 1e-12), lambda x: normalized(x, 0.0)),
        [*MATRICES, LEVEL, twin(LEVEL[0])],
    ),
    Silent(
        "stray_negative",
        lambda x: np.sign(x) * np.abs(x) ** 0.5,
        sparing(lambda x: np.sign(x) * np.abs(x) ** 0.5, np.sqrt),
        [*POSITIVE, *ROWS[1:], twin(-ROWS[0][0])],
    ),
    Silent("where_negative", lambda x: np.where(x > 0, x, np.expm1(x)), lambda x: np.maximum(x, 0) * 1.5, ROWS),
    Silent("where_positive", np.tanh, lambda x: np.tanh(x) + 0.01 * x * x, ROWS),
    Silent("where_zero", lambda x: (x == 0) + np.tanh(x), but(np.tanh, 0, 1), SIZES_WITH_ZERO),
    Silent("only_first_element", np.tanh, but(np.tanh, 0, 1), ROWS),
    Silent("only_last_element", np.tanh, but(np.tanh, -1, -2), ROWS),
    # Of one output the mismatch itself tells where: "worst at [0]".
    Silent("only_first_element", np.tanh, lambda x: np.r_[0.3, np.tanh(x)[1:]], [(np.abs(ROWS[2][0]),)]),
    Silent("only_last_element", np.tanh, lambda x: np.r_[np.tanh(x)[:-1], 0.3], [(np.abs(ROWS[2][0]),)]),
    Silent("only_first", np.tanh, lambda x: np.r_[0.3, np.tanh(x)[1:]], ROWS),
    Silent("only_last", np.tanh, lambda x: np.r_[np.tanh(x)[:-1], 0.3], ROWS),
]


def named(rows: Sequence[Row | Silent]) -> list[str]:
    return [f"{place}-{row.key}" for place, row in enumerate(rows)]


@pytest.mark.parametrize("row", SILENT_ON, ids=named(SILENT_ON))
def test_what_is_nearly_of_a_kind_is_not_told_as_that(row: Silent) -> None:
    """A diagnosis is not spoken where it is not true to the last digit, in every failing case and of no passing one."""
    found = told(row.right, row.wrong, row.inputs, tolerance=row.tolerance)
    assert f"diagnose.{row.key}" not in {finding.key for finding in found}


@pytest.mark.parametrize("row", SILENT_ON, ids=named(SILENT_ON))
def test_what_is_silent_is_wrong(row: Silent) -> None:
    """Silence tells something only of a failure: each row fails."""
    with np.errstate(all="ignore"):
        pairs = [[to_plain(one(*given), 1 << 30) for one in (row.wrong, row.right)] for given in row.inputs]
    assert any(compare(got, expected, row.tolerance) for got, expected in pairs)


def test_each_diagnosis_has_both_tables() -> None:
    """No diagnosis can be told that is not shown where it speaks and where it keeps silent."""
    for table in (SPEAKS_ON, SILENT_ON):
        assert {f"diagnose.{row.key}" for row in table} == MESSAGES.keys()


@pytest.mark.parametrize("row", SPEAKS_ON, ids=[f"{place}-{row.key}" for place, row in enumerate(SPEAKS_ON)])
def test_each_kind_is_told_as_what_it_is(row: Row) -> None:
    """A submission that fails in one way is told that way, with its facts, and no other."""
    found = told(row.right, row.wrong, row.inputs)
    assert [finding.key for finding in found] == [f"diagnose.{row.key}"]
    assert row.facts.items() <= found[0].facts.items()


@pytest.mark.parametrize("row", SPEAKS_ON, ids=[f"{place}-{row.key}" for place, row in enumerate(SPEAKS_ON)])
def test_a_right_submission_is_told_nothing(row: Row) -> None:
    """Where nothing failed there is nothing to explain."""
    assert told(row.right, row.right, row.inputs) == []


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_explained_by_nothing(seed: int) -> None:
    """Outputs that have nothing to do with the expected ones get no diagnosis made up for them."""
    rng = np.random.default_rng(seed)
    for inputs in (ROWS, MATRICES, SQUARES, CUBES):
        assert told(np.tanh, lambda x: rng.normal(size=x.shape), inputs) == []


def test_round_numbers_alone_show_nothing() -> None:
    """Twice and plus one are the same for a single 1, so neither is claimed; nor is it with a few more such cases."""
    assert told(float, lambda x: float(x + 1), [(1.0,)]) == []
    assert told(float, lambda x: float(x * x), [(2.0,)]) == []


def test_a_factor_must_hold_in_every_failing_case() -> None:
    """One case that speaks against a factor is enough."""
    odd = [*ROWS, (np.full(3, 0.123) + RNG.normal(size=3),)]
    assert told(np.tanh, lambda x: (2 if x.size > 3 else 3) * np.tanh(x), odd, "x") != []
    assert all(
        finding.key not in {"diagnose.factor", "diagnose.factor_also"}
        for finding in told(np.tanh, lambda x: (2 if x.size > 3 else 3) * np.tanh(x), odd)
    )


LARGE = [(np.array([1.0, 800.0]),), (np.array([900.0, 2.0]),)]


def naive(x: Any) -> Any:
    return np.exp(x) / np.exp(x).sum()


def test_nan_is_told_since_its_first_case() -> None:
    """The first case with NaN is named, as the report counts, with the inputs' size there and where all was finite."""
    (found,) = told(softmax, naive, [*ROWS, *LARGE])
    limit = max(float(np.abs(x).max()) for (x,) in ROWS)
    assert found.key == "diagnose.nan_large"
    assert (found.facts["case"], found.facts["value"], found.facts["limit"]) == (len(ROWS) + 1, 800.0, limit)
    text = words(found, None, Language.EN)
    assert "since case 4" in text
    assert "800" in text


@pytest.mark.parametrize(
    "spoiler",
    [
        pytest.param(lambda x: softmax(x) if x[0] == 1.0 else naive(x), id="a passing case is as large"),
        pytest.param(lambda x: softmax(x) * (np.nan if x.size in {2, 4} else 1), id="a failing one is small"),
        pytest.param(lambda x: x * 3 if x[0] == 1.0 else naive(x), id="a finite, wrong one is as large"),
    ],
)
def test_nothing_is_claimed_that_does_not_separate(spoiler: Callable[..., Any]) -> None:
    """Where one case without NaN has what the failing ones have, or one failing case has not, no cause is named."""
    for order in (LARGE, LARGE[::-1]):
        cases = [*ROWS, *order]
        found = told(softmax, spoiler, cases)
        assert not [one for one in found if one.key.startswith(("diagnose.nan_", "diagnose.inf_", "diagnose.stray_"))]


def test_two_inputs_each_speak_for_themselves() -> None:
    """The input that separates the cases is the one that is named."""
    pairs = [(np.ones(2), 3.0), (np.array([4.0, 0.0]), 2.0), (np.array([0.0, 1.0]), 5.0), (np.array([1.0, 0.0]), 0.0)]
    (found,) = told(lambda x, y: x * 0 + (y and 1 / y), lambda x, y: x * 0 + np.float64(1) / y, pairs)
    assert (found.key, found.facts["name"], found.facts["case"]) == ("diagnose.inf_zero", "y", 4)


def test_inputs_of_any_kind_are_looked_at() -> None:
    """Words, nested lists, flags and integers beyond floating point are no numbers to compare by, and break nothing."""
    odd = [["a", [1.0, 2.0]], [True, 2**2000], [None, {"k": 1}], [("b",), [[1], [2]]]]
    pairs = [(np.ones(2) * (place + 1), *inputs) for place, inputs in enumerate(odd)]
    (found,) = told(lambda x, *_: x, lambda x, *_: x if x[0] < 4 else x * np.nan, pairs, "x, y, z")
    assert found.key == "diagnose.nan"


def test_where_no_case_was_finite_no_cause_is_named() -> None:
    """With nothing to compare with, only the NaN is told."""
    (found,) = told(softmax, naive, LARGE)
    assert (found.key, found.facts["case"]) == ("diagnose.nan", 1)


def test_each_output_is_explained_for_itself() -> None:
    """Of several outputs that differ, each is told of at its own place."""
    found = told(
        lambda x: {"loss": np.tanh(x), "rest": [np.cumsum(x), x + 1]},
        lambda x: {"loss": 2 * np.tanh(x), "rest": [np.cumsum(x)[::-1].copy(), x + 1]},
        ROWS,
    )
    assert [(one.key, one.facts["path"]) for one in found] == [
        ("diagnose.factor", "['loss']"),
        ("diagnose.flipped", "['rest'][0]"),
    ]


def test_steps_of_a_script_are_held_together_by_their_call() -> None:
    """A method that is wrong at every step is told of once, by the quantities of that step's own arguments."""
    cases, said = [], []
    for index, sizes in enumerate([(2, 5), (3, 4)]):
        xs = [RNG.normal(size=size) for size in sizes]
        calls = tuple(Call("step", Arguments((to_plain(x, 1 << 20),), {})) for x in xs)
        expected = [to_plain(float(x.mean()), 1 << 20) for x in xs]
        cases.append(
            Case(
                index,
                0,
                "general",
                encode(Script(Arguments((), {}), calls)),
                expected,
                Tolerance(1e-9, 0.0),
                False,
                False,
            )
        )
        said.append(CaseAnswer([float(x.sum()) for x in xs], (), False, (), "", 0.0))
    suite = Suite(tuple(cases), (), encode({}))
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    item = exercise("class it:\n    def __init__(self): ...\n    def step(self, batch): ...")
    (found,) = diagnose(item, suite, results)
    assert (found.key, found.facts["formula"]) == ("diagnose.factor_count", "batch.shape[0]")


@pytest.mark.parametrize("row", SPEAKS_ON, ids=[f"{place}-{row.key}" for place, row in enumerate(SPEAKS_ON)])
@pytest.mark.parametrize("language", list(Language))
def test_every_diagnosis_has_words(row: Row, language: Language) -> None:
    """Each is a whole sentence in each language, with every field filled in."""
    for finding in told(row.right, row.wrong, row.inputs):
        text = words(finding, None, language)
        assert "{" not in text
        assert text.rstrip().endswith((".", "。", "?", "？"))


def test_every_message_is_used_and_tried() -> None:
    """The catalogue holds what the code can say and what the table above shows, no more and no less."""
    folder = Path(llmprep.checking.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    written = set(re.findall(r'"(diagnose\.[a-z_]+)"', text))
    assert written <= MESSAGES.keys()
    assert {f"diagnose.{row.key}" for row in SPEAKS_ON} == MESSAGES.keys()


def test_a_diagnosis_names_no_expected_value_of_other_cases() -> None:
    """What is told are relations and the inputs' own names: no array is among the facts."""
    for row in SPEAKS_ON:
        for finding in told(row.right, row.wrong, row.inputs):
            for fact in finding.facts.values():
                assert isinstance(fact, (str, int, float, tuple))
                assert not isinstance(fact, float) or not math.isnan(fact)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text(max_size=3)
dtypes = st.sampled_from(["bool", "int8", "uint64", "float16", "float32", "float64", "complex128"])
arrays = dtypes.flatmap(
    lambda name: hnp.arrays(np.dtype(name), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
anything = st.recursive(
    scalars | arrays.map(lambda array: to_plain(array, 1 << 30)) | st.just(Unsupported("object")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(anything, anything, anything), min_size=1, max_size=3), st.booleans())
def test_nothing_that_a_submission_returns_breaks_it(triples: list[tuple[Any, Any, Any]], scripted: bool) -> None:
    """Whatever comes back, in whatever form, the diagnosis is made or left, and its words can be said."""
    cases, said = [], []
    for index, (given_, expected, got) in enumerate(triples):
        inputs: Any = Arguments((given_,), {"y": given_})
        if scripted:
            inputs, expected = Script(inputs, (Call("step", inputs), Call("rate", None))), [expected, expected]  # noqa: PLW2901
            got = [got, got]  # noqa: PLW2901
        cases.append(Case(index, 0, "general", encode(inputs), expected, Tolerance(1e-9, 0.0), False, False))
        said.append(CaseAnswer(got, (), False, (), "", 0.0))
    suite = Suite(tuple(cases), (), encode({}))
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    for finding in diagnose(exercise("def it(x, y, z): ..."), suite, results):
        words(finding, None, Language.BOTH)


@given(st.lists(arrays, min_size=1, max_size=3), st.data())
def test_nothing_that_nearly_fits_breaks_it(expected: list[np.ndarray], data: st.DataObject) -> None:
    """Outputs of the expected shape and type, with any values at all, break nothing either."""
    cases, said = [], []
    for index, array in enumerate(expected):
        got = data.draw(hnp.arrays(array.dtype, array.shape))
        plain = to_plain(array, 1 << 30)
        cases.append(
            Case(index, 0, "general", encode(Arguments((plain,), {})), plain, Tolerance(1e-9, 0.0), False, False)
        )
        said.append(CaseAnswer(to_plain(got, 1 << 30), (), False, (), "", 0.0))
    suite = Suite(tuple(cases), (), encode({}))
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    for finding in diagnose(exercise("def it(x): ..."), suite, results):
        words(finding, None, Language.BOTH)


def test_long_scripts_and_large_outputs_are_told_of_at_once() -> None:
    """Thousands of steps, or of elements in many cases, cost no more than a glance."""
    x = to_plain(np.arange(3.0), 1 << 30)
    calls = tuple(Call("step", Arguments((x,), {})) for _ in range(3000))
    inputs = encode(Script(Arguments((), {}), calls))
    long = Case(0, 0, "general", inputs, [1.5] * 3000, Tolerance(1e-9, 0.0), False, False)
    begun = time.process_time()
    said = [CaseAnswer([2.5] * 3000, (), False, (), "", 0.0)]
    suite = Suite((long,), (), encode({}))
    diagnose(exercise("class it: ..."), suite, grade_cases(suite, SubmissionAnswers(cases=said), ""))
    big = [(RNG.normal(size=(20, 40, 20)),) for _ in range(60)]
    told(np.tanh, lambda x: 2 * np.tanh(x), big)
    assert time.process_time() - begun < 20
