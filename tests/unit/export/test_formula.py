"""Laws of formulas in Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonmark import parse
from llmprep.export.formula import display, portable


@pytest.mark.parametrize(
    "latex", ["a_1 b_2", r"\frac{x}{s}", r"q_{\max}=255", r"x_i^{(l)}", "2^{b-1}", r"W\ge 0", r"\alpha 2", "r\\ x"]
)
def test_what_is_safe_is_left_alone(latex):
    """A formula that no Markdown reader can misread is written as its author wrote it."""
    assert portable(latex) == latex


@pytest.mark.parametrize(
    ("latex", "spelled"),
    [
        (r"a*b*c", r"a\ast b\ast c"),
        (r"x^*", r"x^\ast"),
        (r"\{1,\,2\}", r"\lbrace 1,\thinspace 2\rbrace"),
        (r"(q-z)\,s", r"(q-z)\thinspace s"),
        (r"f\!\left(x\right)", r"f\negthinspace\left(x\right)"),
        (r"\hat{x}_i", r"\hat{x}_ i"),
        (r"r<m>n", r"r\lt m\gt n"),
        (r"KL(p\|q)", r"KL(p\Vert q)"),
        (r"50\%", r"50\text{％}"),
        (r"a \\ b", r"a \cr b"),
        (r"\operatorname{clip}(x)", r"\mathop{\mathrm{clip}}\nolimits (x)"),
        (r"\operatorname*{arg\,min}_x", r"\mathop{\mathrm{arg\thinspace min}}_ x"),
        (r"\operatorname{top-k}", r"\mathop{\text{top-k}}\nolimits"),
        (r"\text{a_b*c, 5\%}", None),
        (r"f[i](x)", r"f[i] (x)"),
        ("x~", "x"),
    ],
)
def test_what_is_not_is_spelled_in_letters(latex, spelled):
    """Symbols that Markdown would take for its own have names that it does not see."""
    if spelled is not None:
        assert portable(latex) == spelled
    assert _survives(latex)


FORMULAS = st.lists(
    st.sampled_from([
        "a", "x", "1", " ", "_", "^", "*", "{", "}", "(", ")", "[", "]", "<", ">", "=", "-", "+", ",", "!", "|",
        "~", "&", ";",         r"\{", r"\}", r"\,", r"\!", r"\;", r"\\", r"\|", r"\%", r"\_", r"\alpha", r"\hat",
        r"\frac", r"\ ", r"\left",
        "lt;", r"\text{x*y_z}", r"\operatorname{a b}", r"\operatorname*{c\,d}",
    ]),
    min_size=1,
    max_size=14,
).map("".join).filter(lambda latex: not latex.rstrip("~ \\").endswith("_"))  # fmt: skip
"""Pieces of formulas in any order; a script without anything in it is no TeX."""


def _text(markdown):
    """The text of a document that should be one paragraph without any mark."""
    tokens = parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "softbreak"}
    return "".join(child.content if child.type == "text" else "\n" for child in children)


def _survives(latex):
    paragraph = f"so ${portable(latex)}$ and ${portable(latex)}$ are"
    return _text(paragraph) == paragraph


@given(FORMULAS)
def test_a_formula_survives_a_parser_that_knows_none(latex):
    """CommonMark shows every formula as it is written: no mark is taken out of it, even beside its like."""
    assert not portable(latex) or _survives(latex)


@given(
    st.lists(FORMULAS | st.sampled_from(["= b", "- c", "+ d", "# e", "1. f", "> g", "", "  h", "==="]), max_size=4).map(
        "\n".join
    )
)
def test_a_display_stays_one_paragraph(latex):
    """A `$$` block is one paragraph, whatever its lines begin with."""
    inside = display(latex)
    if inside:
        assert _text(f"$$\n{inside}\n$$") == f"$$\n{inside}\n$$"


@given(FORMULAS)
def test_portable_twice_is_portable_once(latex):
    """What is portable is left alone."""
    assert portable(portable(latex)) == portable(latex)


@given(FORMULAS)
def test_nothing_but_spelling_changes(latex):
    """Letters, digits and brackets of a formula stay, in order."""

    def kept(text):
        return re.sub(r"\\(?:[A-Za-z]+|.)|[^a-z0-9(){}^+=,-]|lt;", "", text, flags=re.DOTALL)

    latex = latex.replace(r"\;", "")
    if r"\operatorname" not in latex and r"\text" not in latex and "\\_" not in latex and "\\%" not in latex:
        assert kept(portable(latex)) == kept(latex)
