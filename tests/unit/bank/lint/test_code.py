"""Code of a bank that is accepted can be shown, changed and compiled; what cannot is refused with its line."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from rich.console import Console

from llmprep.bank.compiler import compile_item
from llmprep.checking.signature import parameters, signature
from llmprep.content.examples import example
from llmprep.model import Language
from llmprep.proving.impostors import _methods
from llmprep.proving.mutants import mutants
from llmprep.ui.item import ItemView

SAMPLE = (Path(__file__).parents[1] / "sample/compression/scale-rows.yaml").read_text("utf-8")
PLACES = {
    "cases.0.inputs": ("args(np.ones((2, 3)), np.array([1.0, 2.0]))", "|-\n      args({})"),
    "cases.0.expect": ("np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])", "|-\n      {}"),
    "reference": ("return x * s[:, None]", "return {}"),
    "starter": ("raise NotImplementedError", "return {}"),
    "helpers": ("return 2 * x", "return {}"),
    "cases.2.generate": ("yield args(rng.normal(size=(2, 3)), rng.normal(size=2))", "yield args({})"),
    "check": ("return np.isfinite(output).all()", "return {}"),
    "mistakes.1.code": ("return x.copy()", "return {}"),
}
KINDS = {
    "a sum": lambda n: " + ".join(["1"] * n),
    "a product": lambda n: "*".join(["x"] * n),
    "powers": lambda n: "**".join(["1"] * n),
    "signs": lambda n: "-" * n + "1",
    "negations": lambda n: "not " * n + "1",
    "lists": lambda n: "[" * n + "]" * n,
    "tuples": lambda n: "(" * n + "1" + ",)" * n,
    "brackets": lambda n: "(" * n + "1" + ")" * n,
    "mappings": lambda n: "{1: " * n + "1" + "}" * n,
    "calls": lambda n: "f(" * n + "1" + ")" * n,
    "methods": lambda n: "x" + ".f()" * n,
    "attributes": lambda n: "x" + ".f" * n,
    "subscripts": lambda n: "x" + "[0]" * n,
    "functions": lambda n: "lambda: " * n + "1",
    "choices": lambda n: "1 if x else " * n + "1",
    "texts": lambda n: " + ".join(["'a'"] * n),
    "comparisons": lambda n: " < ".join(["1"] * n),
    "alternatives": lambda n: " or ".join(["1"] * n),
    "generators": lambda n: "[x for x in " * n + "1" + "]" * n,
    "lists side by side": lambda n: "[" + "[1], " * n + "]",
    "stars": lambda n: "[*" * n + "[]" + "]" * n,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("field", PLACES)
def test_nested_code(field: str, kind: str) -> None:
    """However code is nested, and however deep, it is refused at its field, or all that uses it works."""
    old, new = PLACES[field]
    line = next(number for number, row in enumerate(SAMPLE.splitlines(), 1) if old in row)
    line += "\n" in new
    accepted = 0
    for depth in (10, 45, 60, 95, 105, 210, 1_500, 9_000):
        code = KINDS[kind](depth)
        if len(code) > 30_000:
            continue
        text = SAMPLE.replace(old, new.format(code), 1)
        item, problems = compile_item(text.encode(), "x.yaml", "compression/scale-rows")
        assert (item is None) == bool(problems)
        if item is None:
            (problem,) = [one for one in problems if one.key != "bank.no_example"]
            assert problem.field == field
            # Python's parser names no line where it gives up itself: the field's first is told.
            assert problem.line == line or (depth >= 1_500 and line - 7 <= problem.line < line)
            continue
        accepted += 1
        shown = Console(file=io.StringIO(), width=80)
        for part in ItemView(Language.BOTH).item(item, answer=True):
            shown.print(part)
        for case in item.cases:
            if case.inputs:
                example(case, item.entry, 40)
        if len(code) < 2_000:  # as many changes as terms, each of which writes the whole out
            assert mutants(item.reference)
        _methods(item)
        parameters(item.starter, item.entry)
        signature(item.starter, item.entry)
        compile(item.reference, "<reference>", "exec")
    assert accepted >= 2


@pytest.mark.parametrize("field", PLACES)
@pytest.mark.parametrize("number", ["0x" + "f" * 9_000, "9" * 4_000])
def test_an_integer_that_python_cannot_write_out(field: str, number: str) -> None:
    """An integer too large to be turned into text again is refused, with its line."""
    old, new = PLACES[field]
    item, problems = compile_item(SAMPLE.replace(old, new.format(number), 1).encode(), "x.yaml", "compression/x")
    assert item is None
    assert [problem.key for problem in problems if problem.key != "bank.no_example"] == ["bank.integer_too_large"]


def test_what_raises_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a call in a script raises is told where it is a name, and is otherwise shown as it is written."""
    for written, told in (
        ("raises('ValueError')", "# raises ValueError"),
        ("raises({[]: 1})", "# → raises({[]: 1})"),
        ("raises('x\\nimport os')", "# → raises('x\\nimport os')"),
        ("raises(1)", "# → raises(1)"),
    ):
        text = SAMPLE.replace("np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])", f'"{written}"', 1)
        text = text.replace("\\n", "\\\\n")
        item, problems = compile_item(text.encode(), "x.yaml", "compression/x")
        assert problems == []
        assert example(item.cases[0], "f").endswith(told)


@pytest.mark.parametrize("expression", [
    "args((1,\n))", "args(x[1,\n])", "args([1,\n])", "args({1,\n})", "args({1: 2,\n})", "args((1, 2,\n))", "f(1,\n)",
    "args(f(1,\n)(2,\n))", "args((yield_,\n))", "args([(1,\n),\n],\n)", "args(x in (1,\n))", "args(not (1,\n))",
])  # fmt: skip
def test_commas_before_a_bracket(expression: str) -> None:
    """An expression joined to one line is the same expression, its last commas gone where they mean nothing."""
    from llmprep.content.examples import one_line

    joined = one_line(expression)
    assert "\n" not in joined
    assert ast.dump(ast.parse(joined)) == ast.dump(ast.parse(expression))
    assert (",)" in joined) == ("(1,\n)" in expression.replace("f(1,\n)", "").replace("(yield_", "(1"))
