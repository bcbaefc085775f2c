"""YAML to plain data: everything has its line, and nothing is read otherwise than it looks."""

from __future__ import annotations

import re

import pytest
import yaml

from llmprep.bank.yaml_loader import MAX_BYTES, MAX_DEPTH, read, spelling
from llmprep.errors import how_many


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def _loader(request, monkeypatch):
    """Every law holds with libyaml and without it."""
    if request.param == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML is built without libyaml here")


def told(content: str | bytes) -> list[tuple[int, str, str]]:
    document = read(content if isinstance(content, bytes) else content.encode(), "x.yaml")
    return [(problem.line, problem.field, problem.key) for problem in document.problems]


def test_plain_values():
    """Text, numbers, truth, lists and mappings arrive as what they look like."""
    document = read(b'a: [1, -2.5, 1.0e-6, true, "1", x y]\nb: {c: "1e-6"}\n', "x.yaml")
    assert document.problems == []
    assert document.data == {"a": [1, -2.5, 1e-6, True, "1", "x y"], "b": {"c": "1e-6"}}
    assert [type(value) for value in document.data["a"]] == [int, float, float, bool, str, str]


def test_lines():
    """A field's line is its key's; a block's text begins below its indicator; comments and blanks shift nothing."""
    text = "# one\na: x\nb:\n  - c: |-  # two\n      p\n      q\n    d: y\n\n  - {e: z}\nf:\n  'quoted'\n"
    document = read(text.encode(), "x.yaml")
    assert {path: document.lines[path] for path in ("a", "b", "b.0", "b.0.c", "b.0.d", "b.1", "b.1.e", "f")} == {
        "a": 2, "b": 3, "b.0": 4, "b.0.c": 4, "b.0.d": 7, "b.1": 9, "b.1.e": 9, "f": 10,
    }  # fmt: skip
    assert (document.begins["b.0.c"], document.begins["b.0.d"], document.begins["f"]) == (5, 7, 11)
    assert document.blocks == {"b.0.c"}
    assert document.line("b.0.missing") == 4
    assert document.line("missing") == 2


def test_leading_blank_line_of_a_block_is_text():
    """A block that begins with an empty line begins on that line."""
    document = read(b"a: |-\n\n  x\n", "x.yaml")
    assert document.data == {"a": "\nx"}
    assert document.begins["a"] == 2


def test_windows_line_ends():
    """Carriage returns change neither text nor lines."""
    document = read(b"a: |-\r\n  x\r\n  y\r\nb: 1\r\n", "x.yaml")
    assert document.data == {"a": "x\ny", "b": 1}
    assert document.lines["b"] == 4


@pytest.mark.parametrize(("content", "problem"), [
    ("a: 1\nb: 2\na: 3\n", (3, "a", "bank.duplicate_key")),
    ("x:\n  - {a: 1, a: 1}\n", (2, "x.0.a", "bank.duplicate_key")),
    ("a: &n 1\n", (1, "a", "bank.anchor")),
    ("a: x\n&n b: y\n", (2, "b", "bank.anchor")),
    ("<<: {a: 1}\n", (1, "", "bank.merge")),
    ("a: !!python/name:os.system x\n", (1, "a", "bank.tag")),
    ("a: !mine 1\n", (1, "a", "bank.tag")),
    ("? [a]\n: 1\n", (1, "", "bank.key_not_text")),
    ("a: >\n  x\n", (1, "a", "bank.folded")),
    ("a: 1e-6\n", (1, "a", "bank.number_read_as_text")),
    ("a: [x, 1.5e6]\n", (1, "a.1", "bank.number_read_as_text")),
    ("a: 1:30\n", (1, "a", "bank.misread")),
    ("a: 010\n", (1, "a", "bank.misread")),
    ("a: 0x1f\n", (1, "a", "bank.misread")),
    ("a: 1_000\n", (1, "a", "bank.misread")),
    ("a: yes\n", (1, "a", "bank.misread")),
    ("a: 2024-01-01\n", (1, "a", "bank.misread")),
    ("a: .nan\n", (1, "a", "bank.misread")),
    ("a: .inf\n", (1, "a", "bank.misread")),
    ("a: 1.0e+999\n", (1, "a", "bank.misread")),
    ("a: 99999999999999999999\n", (1, "a", "bank.misread")),
    ("a:\nb: 1\n", (1, "a", "bank.empty_field")),
    ("a: ~\n", (1, "a", "bank.empty_field")),
    ("a: ''\n", (1, "a", "bank.empty_text")),
    ("a: {en: x, zh: '  '}\n", (1, "a.zh", "bank.empty_text")),
    ("", (1, "", "bank.empty_file")),
    ("# nothing\n", (1, "", "bank.empty_file")),
    ("a: 1\n---\nb: 1\n", (2, "", "bank.many_documents")),
    ("a: 1\nb: x: y\n", (2, "", "bank.syntax")),
    ("a: [1,\n", (2, "", "bank.syntax")),
    ("a:\n\t- x\n", (2, "", "bank.syntax")),
    ("a: 1\nb: \x07\n", (2, "", "bank.bad_character")),
    (b"a: 1\nb: \xff\n", (2, "", "bank.not_utf8")),
    ("a: " + "[" * 20 + "]" * 20 + "\n", (1, "", "bank.too_deep")),
    (b"x" * (MAX_BYTES + 1), (1, "", "bank.too_big")),
])  # fmt: skip
def test_refused(content, problem):
    """What YAML would read otherwise than it looks, or not at all, is one problem with its line."""
    assert told(content) == [problem]


def test_alias():
    """An anchor and each of its aliases are told of."""
    assert told("a: &n 1\nb: *n\n") == [(1, "a", "bank.anchor"), (2, "b", "bank.anchor")]


def test_all_at_once():
    """Every problem of a file is told at once."""
    assert [line for line, *_ in told("a: 1e-6\nb:\na: yes\nc: >\n  x\n")] == [1, 2, 3, 3, 4]


def test_syntax_error_is_told_alone():
    """What a broken file seems to hold is not judged."""
    assert told("a: 1e-6\na: 1\nb: 'x\n")[0][2] == "bank.syntax"
    assert len(told("a: 1e-6\na: 1\nb: 'x\n")) == 1


@pytest.mark.parametrize("number", [20, 900, 1_100, 100_000])
@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{", "[ [a, ", "[\n"])
def test_deep_nesting_is_no_crash(opening, number):
    """A hundred thousand brackets are one problem with its line, whether our limit or the parser's own comes first."""
    line = 3 + MAX_DEPTH if "\n" in opening else 3
    assert told(f"a: 1e-6\nb:\n  {opening * number}") == [(line, "", "bank.too_deep")]


@pytest.mark.parametrize("text", ["1e-6", "1e6", "1E6", "1.e3", ".5e3", "-2e+05", "1.5e6", "+3e1"])
def test_spelling_that_works(text):
    """The spelling offered is one that YAML reads as that very number."""
    assert yaml.safe_load(text) == text
    assert yaml.safe_load(spelling(text)) == float(text)


@pytest.mark.parametrize("text", ["a: {b: c?}\n", "a: {b: c?, d: e}\n", "a: [c?d]\n", "a:\n  - {b: [c?]}\n"])
def test_a_bank_is_valid_with_both_parsers_or_with_neither(text):
    """A bare question mark within brackets, which only one of PyYAML's parsers takes, is refused with either."""
    assert told(text)
    assert told(re.sub(r"c\?d?", '"c?"', text)) == []


def test_a_question_mark_outside_brackets_is_text():
    """Block style needs no quotes for it, nor does what follows brackets that are closed."""
    assert told("a: [b]\nc: what?\nd:\n  - why?\n") == []


@pytest.mark.parametrize("mark", [r"\e", r"\a", r"\b", r"\r", r"\0", r"\x7f", r"\x9b", r"\N"])
def test_no_text_moves_a_terminal(mark):
    """What a terminal would obey is refused also where quotes spell it by an escape; tabs and line ends are text."""
    assert told(f'a: 1\nb: "x{mark}]0;y"\n') == [(2, "b", "bank.bad_character")]
    assert told('a: "x\\ty\\nz"\n') == []


@pytest.mark.parametrize(("content", "problem"), [
    (f"? {'a' * 300_000}\n: {{b: 1}}\n", (1, "", "bank.key_too_long")),
    (f"x:\n  {'a' * 101}: 1\n", (2, "", "bank.key_too_long")),
    ("x: [" + "1, " * 20_000 + "1]\n", (1, "", "bank.too_many_fields")),
    ("x: y\nz: " + "w" * 30_001 + "\n", (2, "z", "bank.text_too_long")),
    ("x: |-\n  " + "w" * 30_001 + "\n", (1, "x", "bank.text_too_long")),
    ("z: " + "1" * 30_001 + "\n", (1, "z", "bank.text_too_long")),
    ('a: "\\UFFFFFFFF"\n', (1, "", "bank.syntax")),
    ("a: |-\n  x\n  y\u202ez\n", (3, "a", "bank.direction")),
    ('a: "x\\u2066y"\n', (1, "a", "bank.direction")),
    ("b: [x,\n  y\u200fz]\n", (2, "b.1", "bank.direction")),
    ("a: x\n# y\u2069\nb: z\n", (2, "", "bank.direction")),
    ("a\u061c: x\n", (1, "", "bank.direction")),
])  # fmt: skip
def test_limits_and_hidden_characters(content, problem):
    """What goes over a limit, or reads otherwise than it looks, is one problem with its line and nothing after it."""
    assert told(content) == [problem]


@pytest.mark.parametrize("text", ["a: " + "w" * 30_000, "a: café — 中文（括号）“引号” 👍\u200d🔬", 'a: "\\\\u202e"'])
def test_what_limits_leave_alone(text):
    """A long text, and characters of either language, are read as they stand."""
    assert told(text) == []


@pytest.mark.parametrize("content", [
    "".join(f"k{i}: !t v\n" for i in range(5_000)),
    "".join(f"k{i}: &n v\n" for i in range(5_000)),
    "a: 1\n" * 5_000,
    "x: [" + "yes, " * 5_000 + "]\n",
    "x: [" + f"!{'t' * 200} v, " * 5_000 + "]\n",
])  # fmt: skip
def test_many_problems(content):
    """Of thousands of problems a hundred are told, briefly, with the number of the others."""
    document = read(content.encode(), "x.yaml")
    problems = document.all_problems()
    assert len(problems) == 101
    assert problems[-1].key == "bank.more_problems"
    assert how_many(problems) in (4_999, 5_000)
    assert all(len(str(fact)) <= 200 for problem in problems for fact in problem.facts.values())
