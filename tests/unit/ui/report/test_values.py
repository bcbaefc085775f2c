"""Values on the screen: short, and well-formed however much is left out."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from llmprep.sandbox.worker.convert import to_plain as with_room
from llmprep.ui.report.values import LONGEST, show, show_call
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
