"""The author's rules for exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.bank.compiler import compile_item

SAMPLE = Path(__file__).parents[1] / "sample"
GOOD = "def scale_rows(x, s):\n    return x\n"


@pytest.mark.parametrize(("changes", "field", "key"), [
    ({"entry": "scale rows"}, "entry", "bank.bad_entry"),
    ({"starter": "x = 1\n"}, "starter", "bank.no_entry"),
    ({"reference": "if True:\n    def scale_rows(x, s):\n        return x\n"}, "reference", "bank.no_entry"),
    ({"mistakes.1.code": "def scale_row(x, s):\n    return x\n"}, "mistakes.1.code", "bank.no_entry"),
    ({"helpers": GOOD}, "helpers", "bank.helpers_define_entry"),
    ({"helpers": "def f(:\n"}, "helpers", "bank.python_syntax"),
    ({"mistakes.2": ...}, "mistakes", "bank.too_few_mistakes"),
    ({"mistakes.1.id": "columns"}, "mistakes.1.id", "bank.not_unique"),
    ({"mistakes.1.id": "Columns"}, "mistakes.1.id", "bank.bad_id"),
    ({"cases.0.raises": "ValueError"}, "cases.0", "bank.case_neither"),
    ({"cases.1.raises": ...}, "cases.1", "bank.case_neither"),
    ({"cases.1.inputs": ...}, "cases.1", "bank.case_neither"),
    ({"cases.2.inputs": "args(1)"}, "cases.2", "bank.case_both"),
    ({"cases.0.group": "edge"}, "cases", "bank.no_example"),
    ({"cases.0.inputs": "np.ones(3)"}, "cases.0.inputs", "bank.inputs_no_call"),
    ({"cases.0.inputs": "args(1"}, "cases.0.inputs", "bank.python_syntax"),
    ({"cases.0.expect": "x = 1"}, "cases.0.expect", "bank.python_syntax"),
    ({"cases.1.raises": "ValueErr"}, "cases.1.raises", "bank.no_exception"),
    ({"cases.1.raises": "print"}, "cases.1.raises", "bank.no_exception"),
    ({"cases.1.raises": "SystemExit"}, "cases.1.raises", "bank.no_exception"),
    ({"cases.2.generate": "def gen(rng):\n    yield 1\n"}, "cases.2.generate", "bank.no_generate"),
    ({"cases.2.generate": "def generate():\n    yield 1\n"}, "cases.2.generate", "bank.no_generate"),
    ({"check": "def statistic(a, b, c):\n    yield\n\n\ndef statistics(a, b, c):\n    yield\n"},
     "check", "bank.check_no_group"),
    ({"check": "def _help():\n    pass\n", "cases.3.form": "strict"}, "check", "bank.check_nothing"),
    ({"cases.2.form": "free"}, "cases.2.form", "bank.free_unjudged"),
    ({"tolerance.rtol": -1.0e-9}, "tolerance.rtol", "bank.out_of_range"),
    ({"tolerance.atol": 1.5}, "tolerance.atol", "bank.out_of_range"),
    ({"cases.2.tolerance.atol": -1.0}, "cases.2.tolerance.atol", "bank.out_of_range"),
    ({"efficiency": ...}, "", "bank.efficiency_missing"),
    ({"cases.4.group": "general"}, "efficiency", "bank.efficiency_no_cases"),
    ({"efficiency": {}}, "efficiency", "bank.efficiency_empty"),
    ({"efficiency": {"ratio": 0.0}}, "efficiency.ratio", "bank.not_positive"),
    ({"efficiency": {"growth": 1.5}}, "efficiency", "bank.efficiency_sizes"),
    ({"efficiency": {"ratio": 3.0, "sizes": [1, 2]}}, "efficiency.sizes", "bank.efficiency_sizes"),
    ({"efficiency.sizes": [200, 100]}, "efficiency.sizes", "bank.efficiency_sizes"),
    ({"efficiency.sizes": [0, 100]}, "efficiency.sizes", "bank.efficiency_sizes"),
    ({"efficiency.sizes": [100]}, "efficiency.sizes", "bank.efficiency_sizes"),
    ({"efficiency": {"growth": 1.5, "sizes": [100, 200]}}, "efficiency.growth", "bank.efficiency_growth_alone"),
    ({"sources": []}, "sources", "bank.too_few_sources"),
])  # fmt: skip
def test_rules_of_exercises(spoiled, changes, field, key):
    """A broken rule is one problem, at the field that breaks it."""
    assert [(problem.field, problem.key) for problem in spoiled("exercise", **changes)] == [(field, key)]


@pytest.mark.parametrize("changes", [
    {"entry": "Scaler", "starter": "class Scaler:\n    pass\n", "reference": "class Scaler:\n    pass\n",
     "mistakes": [{"id": f"m{i}", "code": "class Scaler: ...", "hint": {"en": "Se", "zh": "看"}} for i in range(3)]},
    {"reference": "scale_rows = lambda x, s: x\n"},
    {"reference": "scale_rows: object = max\n"},
    {"cases.0.inputs": 'script(args(4.0), call("step"))'},
    {"efficiency": {"ratio": 3.0}},
    {"cases.1.raises": "ZeroDivisionError"},
    {"sources.0": {"title": "A paper", "arxiv": "1712.05877", "year": 2017}},
])  # fmt: skip
def test_allowed(spoiled, changes):
    """Classes, assignments, scripts and every built-in exception are fine."""
    assert spoiled("exercise", **changes) == []


@pytest.mark.parametrize(("old", "new", "field"), [
    ("return x * s[:, None]", "return x * s[:, None", "reference"),
    ("np.ones(3),", "np.ones(3) np,", "cases.1.inputs"),
    ("yield args(rng.normal(size=(2, 3)), rng.normal(size=2))", "yield (", "cases.2.generate"),
    ("if not _finite(output):", "if not _finite(output)", "check"),
    ("return x / s[:, None]", "return x /", "mistakes.2.code"),
])  # fmt: skip
def test_syntax_errors_are_told_at_the_file_s_own_line(old, new, field):
    """A syntax error inside a block names the line of the YAML file on which it is."""
    text = (SAMPLE / "compression/scale-rows.yaml").read_text("utf-8").replace(old, new, 1)
    _, problems = compile_item(text.encode(), "x.yaml", "compression/scale-rows")
    wrong = next(number for number, line in enumerate(text.splitlines(), 1) if new in line)
    assert [(problem.key, problem.field) for problem in problems] == [("bank.python_syntax", field)]
    assert problems[0].line == wrong


def test_hostile_code_is_a_problem():
    """Code that the parser itself gives up on is a problem, not a crash."""
    text = (SAMPLE / "compression/scale-rows.yaml").read_text("utf-8")
    text = text.replace("expect: np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])", f"expect: {'-' * 25_000}1")
    _, problems = compile_item(text.encode(), "x.yaml", "compression/scale-rows")
    assert [(problem.key, problem.field) for problem in problems] == [("bank.code_too_deep", "cases.0.expect")]
