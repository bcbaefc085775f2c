"""Laws of mutants: each changes one thing, says which, and is a program."""

from __future__ import annotations

import ast

import pytest

from llmprep.proving.mutants import mutants

REFERENCE = '''import numpy as np


def normalize(x, eps=1e-6, *, axis=-1):
    """Normalize x."""
    if x.ndim == 0 or not eps > 0:
        raise ValueError("x has no axis + 1")
    y = x.astype(np.float64).copy()
    mean = y.mean(axis=1, keepdims=True)
    y -= mean
    first = y[1:]
    total = sum(v for v in first if v is not None)
    return np.clip(y / np.sqrt(y.var(axis=1, keepdims=True) + eps), -1.0, 1.0), total
'''


@pytest.mark.parametrize(
    "description",
    [
        "line 4: 1e-06 → 9.999999999999999e-05",
        "line 4: -1 → 1",
        "line 6: x.ndim == 0 or not eps > 0 → x.ndim == 0 and (not eps > 0)",
        "line 6: x.ndim == 0 → dropped",
        "line 6: x.ndim == 0 → x.ndim != 0",
        "line 6: eps > 0 → eps >= 0",
        "line 6: not eps > 0 → eps > 0",
        "line 8: x.astype(np.float64) → x",
        "line 8: np.float64 → np.float32",
        "line 9: axis=1 → axis=0",
        "line 9: axis=1 → dropped",
        "line 9: keepdims=True → dropped",
        "line 9: mean = y.mean(axis=1, keepdims=True) → dropped",
        "line 9: mean = y.mean(axis=1, keepdims=True) → swapped with the next line",
        "line 10: y -= mean → y += mean",
        "line 11: 1 → 2",
        "line 11: 1 → 0",
        "line 11: 1: → 1:-1",
        "line 12: v is not None → v is None",
        "line 12: v is not None → dropped",
        "line 13: y.var → y.std",
        "line 13: y.var(axis=1, keepdims=True) + eps → y.var(axis=1, keepdims=True)",
    ],
)
def test_what_people_get_wrong_is_among_them(description: str) -> None:
    """Operators, constants, comparisons, axes, keywords, types, calls, slices and statements are all changed."""
    assert description in [mutant.description for mutant in mutants(REFERENCE)]


def test_each_is_a_different_program() -> None:
    """Every mutant compiles, none is the reference, and no two are alike in source or description."""
    made = mutants(REFERENCE)
    sources = [ast.unparse(ast.parse(mutant.source)) for mutant in made]
    assert len(set(sources)) == len(sources) > 40
    assert ast.unparse(ast.parse(REFERENCE)) not in sources
    assert len({mutant.description for mutant in made}) == len(made)


def test_they_repeat() -> None:
    """The same reference has the same mutants in the same order: what an item lists stays true."""
    assert mutants(REFERENCE) == mutants(REFERENCE)


def test_words_and_errors_are_left_alone() -> None:
    """Docstrings, imports and what an exception says change nothing that a case could see."""
    for mutant in mutants(REFERENCE):
        assert '"""Normalize x."""' in mutant.source
        assert "import numpy as np" in mutant.source
        assert "x has no axis + 1" in mutant.source or "dropped" in mutant.description


@pytest.mark.parametrize("source", ["z = max(a, b)", "z = np.minimum(a, b)", "a = 1\nb = 2", "f(b=c)[0].x = float(y)"])
def test_what_comes_to_the_same_is_not_made(source: str) -> None:
    """Arguments whose order does not matter, and statements that do not touch each other, are not exchanged."""
    for mutant in mutants(source):
        assert mutant.description.split(" → ")[1] not in {"max(b, a)", "np.minimum(b, a)", "swapped with the next line"}
