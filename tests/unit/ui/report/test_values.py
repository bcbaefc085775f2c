"""Values on the screen: short, and well-formed however much is left out."""

from __future__ import annotations

import ast
import math
from typing import Any

import numpy as np
import pytest

from llmprep.sandbox.worker.convert import to_plain as with_room
from llmprep.ui.report.values import LONGEST, apart, show, show_both, show_call
from llmprep.values import Arguments, Bound, Generator

ROOM = 1 << 24
RNG = np.random.default_rng(0)
LARGE: list[Any] = [
    RNG.normal(size=(60, 91)),
    RNG.normal(size=40),
    RNG.normal(size=(4, 10)),
    RNG.normal(size=(7, 7, 7)).astype(np.float32),
    RNG.normal(size=(2,) * 9),
    RNG.integers(0, 2**60, size=(300, 300)),
    [RNG.normal(size=(60, 91)), 0.5],
    (RNG.normal(size=(60, 91)), RNG.normal(size=(60, 91)) > 0),
    [float(one) for one in RNG.normal(size=5000)],
    [[[f"{one}" for one in range(200)]] * 200] * 3,
    {"weights": RNG.normal(size=(60, 91)), "words": ["a" * 1000, "b"], "n": 3},
    {f"key {number}": number for number in range(1000)},
    "it's (" * 1000,
    "\x00(" * 1000,
    b"\xff[" * 1000,
    ("a" * 1000,),
    {"a" * 1000},
    10**900,
]


def to_plain(value: Any) -> Any:
    return with_room(value, ROOM)


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value, 1]
    return value


@pytest.mark.parametrize("value", [*map(to_plain, LARGE), nested(300)])
def test_a_large_value_is_shown_short_and_well_formed(value: Any) -> None:
    """What is left out is a `…`; all else is Python, its brackets and quotes closed, in the length that is allowed."""
    text = show(value)
    assert len(text) <= LONGEST
    python = text.replace(", …}", ", **...}").replace("…", "...")
    assert text.startswith("about 2**") or ast.parse(python)


def test_arrays_are_thinned_out_before_anything_is_left_out() -> None:
    """A large array keeps its ends and its shape, and leaves room for what stands beside it."""
    text = show(to_plain((RNG.normal(size=(60, 91)), RNG.normal(size=(60, 91)) > 0, "the end")))
    assert text.count("shape=(60, 91))") == 2
    assert text.endswith("'the end')")


def test_a_call_is_well_formed_however_large_its_inputs_are() -> None:
    """Every argument is shown, whatever is left out of the others."""
    inputs = Arguments((to_plain(RNG.normal(size=(60, 91))), 0.5, Generator(7)), {"model": Bound("linear", (1,), {})})
    (line,) = show_call("inverted_dropout", inputs)
    assert ast.parse(line.replace("…", "..."))
    assert line.endswith("shape=(60, 91)), 0.5, np.random.default_rng(7), model=linear(1, …))")


def test_a_small_value_is_shown_whole() -> None:
    """Nothing is left out of what fits."""
    assert show(to_plain(np.arange(40).reshape(2, 20))).count(",") == 40
    assert show(to_plain({"a": [1, (2,), {3}, set(), "x"]})) == "{'a': [1, (2,), {3}, set(), 'x']}"


NEAR_ONE = 1 - 2**-53


@pytest.mark.parametrize(
    ("expected", "got", "shown"),
    [
        (1.0, NEAR_ONE, ("1.0", "0.9999999999999999")),
        (1.7906218e-09, 1.79062181e-09, ("1.7906218e-09", "1.79062181e-09")),
        (1.7906218e-09, 1.7906218000000001e-09, ("1.7906218e-09", "1.7906218000000001e-09")),
        (0.5, 0.25, ("0.5", "0.25")),
        (2**53, 2**53 + 1, ("9007199254740992", "9007199254740993")),
        (1 + 0j, complex(NEAR_ONE, 0), ("(1.0+0.0j)", "(0.9999999999999999+0.0j)")),
        (np.array([1.0, 2.0]), np.array([NEAR_ONE, 2.0]), ("array([1.0, 2.0])", "array([0.9999999999999999, 2.0])")),
        (
            np.array([0.1], dtype=np.float32),
            np.nextafter(np.array([0.1], dtype=np.float32), np.float32(1)),
            ("array([0.1], dtype=float32)", "array([0.10000001], dtype=float32)"),
        ),
        ({"loss": [1.0]}, {"loss": [NEAR_ONE]}, ("{'loss': [1.0]}", "{'loss': [0.9999999999999999]}")),
        # A Python number and one of numpy's as wide are one kind, and are shown alike; narrower ones say so.
        (np.float64(0.5), 0.25, ("0.5", "0.25")),
        (0.5, np.float64(0.25), ("0.5", "0.25")),
        (np.int64(3), 4, ("3", "4")),
        (np.bool_(True), False, ("True", "False")),
        (0.5, np.float32(0.5), ("0.5", "np.float32(0.5)")),
        # Where nothing but the type differs, the type is shown.
        (0.5, np.float64(0.5), ("0.5", "np.float64(0.5)")),
        ([0.5], (0.5,), ("[0.5]", "(0.5,)")),
    ],
)
def test_values_that_look_alike_are_shown_in_full(expected: Any, got: Any, shown: tuple[str, str]) -> None:
    """To as many digits as they differ in, and with their types where these differ; others stay short."""
    told = show_both(to_plain(expected), to_plain(got))
    assert told == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NEAR_ONE, "f(0.9999999999999999)"),
        (0.1 + 0.2, "f(0.30000000000000004)"),
        (0.123456789012, "f(0.12345679)"),
        (0.1, "f(0.1)"),
        (1e-300, "f(1e-300)"),
        (math.inf, "f(inf)"),
        (math.nan, "f(nan)"),
        (np.float64(0.5), "f(np.float64(0.5))"),
        (np.array([NEAR_ONE, 0.5]), "f(array([0.9999999999999999, 0.5]))"),
        (np.array([0.1, np.inf], dtype=np.float32), "f(array([0.1, inf], dtype=float32))"),
        (np.array([65504, 0.1], dtype=np.float16), "f(array([65504.0, 0.099975586], dtype=float16))"),
    ],
)
def test_no_input_seems_rounder_than_it_is(value: Any, shown: str) -> None:
    """A number that eight digits would make another, round one is shown whole; others are short."""
    assert show_call("f", Arguments((to_plain(value),), {})) == [shown]


@pytest.mark.parametrize(
    ("figure", "limit", "shown"),
    [(3.04, 3.0, "3.04"), (2.96, 3.0, "2.96"), (7.0, 3.0, "7.0"), (3.0, 3.0, "3.0"), (12.345, 3.0, "12.3")],
)
def test_a_figure_is_told_from_its_limit(figure: float, limit: float, shown: str) -> None:
    """No figure above its limit is shown as the limit."""
    assert apart(figure, limit) == shown
