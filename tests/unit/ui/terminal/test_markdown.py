"""Laws of Markdown on a terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from llmprep.content.parser import parse
from llmprep.ui.terminal.markdown import PROSE_WIDTH, Markdown
from llmprep.ui.terminal.wrap import width_of


def drawn(source, width=60, *, colour=None, no_color=False, **options):
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour is not None, color_system=colour, no_color=no_color,
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    console.print(Markdown(parse(source).blocks, **options), soft_wrap=True)
    return console.file.getvalue()


def test_without_attributes_the_marks_stay():
    """Where neither bold nor colour can be shown, the source's own marks carry the meaning."""
    assert drawn("a **bold** and *soft* `code`") == "a **bold** and *soft* `code`\n"


def test_with_colour_the_marks_go():
    """On a terminal with colours, style takes the place of marks."""
    text = drawn("a **bold** and `code`", colour="standard")
    assert "*" not in text
    assert "`" not in text
    assert "\x1b[1mbold" in text


def test_no_color_keeps_codes_marks():
    """With NO_COLOR, what only colour would tell, code, keeps its marks; bold is still bold."""
    text = drawn("a **bold** and `code`", colour="standard", no_color=True)
    assert "`code`" in text
    assert "\x1b[1mbold" in text
    assert not re.search(r"\x1b\[3\d", text)


def test_prose_is_capped():
    """However wide the terminal, prose keeps to a width that can be read."""
    assert max(map(len, drawn("word " * 80, width=200).splitlines())) <= PROSE_WIDTH


def test_lists_hang():
    """A list's further lines begin under its first word, and numbers line up."""
    assert drawn("- one two three\n- four", width=20) == "- one two three\n- four\n"
    assert drawn("- " + "word " * 8, width=22).splitlines()[1].startswith("  word")
    assert drawn("\n".join(f"{n}. x" for n in range(9, 11)), width=20) == " 9. x\n10. x\n"


def test_code_keeps_its_lines():
    """Fenced code is neither folded nor changed, so that it can be copied."""
    code = "def f(x):\n\n    return " + "x + " * 30 + "1"
    text = drawn(f"```python\n{code}\n```")
    assert [line[4:] for line in text.splitlines()] == code.split("\n")


def test_code_is_folded_where_the_console_wraps():
    """Printed without soft wrapping, a long line of code is folded, not cropped."""
    console = Console(file=io.StringIO(), width=20, color_system=None)
    console.print(Markdown(parse("```\n" + "x" * 50 + "\n```").blocks))
    assert console.file.getvalue().replace("\n", "").replace(" ", "") == "x" * 50


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("take $2^{b-1}$ levels", "take 2ᵇ⁻¹ levels\n"),
        ("take $\\weird{x}$ levels", "take $\\weird{x}$ levels\n"),
        ("$$\n\\frac{x}{s}\n$$", "    x/s\n"),
        ("$$\n\\begin{aligned}\na\n\\end{aligned}\n$$", "    \\begin{aligned}\n    a\n    \\end{aligned}\n"),
    ],
)
def test_formulas(source, text):
    """A formula is shown in Unicode, or else as its LaTeX source, whole."""
    assert drawn(source) == text


def test_chinese_loses_the_spaces_that_formulas_need():
    """Between a formula or bold and Chinese punctuation the source needs a space; readers do not see it."""
    assert drawn("取 $x$ ，即（ $y$ ）； **重点** ，其余") == "取 x，即（y）；**重点**，其余\n"


def test_chinese_lines_join_without_a_space():
    """A line break between two Chinese characters is no space."""
    assert drawn("量化\n误差\nof x") == "量化误差 of x\n"


def test_addresses_are_shown():
    """A link's address can be read on any terminal, once."""
    assert drawn("see [the paper](https://x.org/a) or [https://y.org](https://y.org)", width=80) == (
        "see the paper (https://x.org/a) or https://y.org\n"
    )


def test_a_label_begins_the_first_paragraph():
    """A label stands before the text, on a line of its own before code."""
    assert drawn("text", label="Claim:", indent=4, lead="1.") == "1.  Claim: text\n"
    assert drawn("```\nx\n```", label="Claim:").splitlines()[0] == "Claim:"


@given(st.text(alphabet="ab *_`$[]()-1.\n#中，\\", max_size=80), st.integers(24, 60))
def test_every_text_is_drawn_within_the_width(source, width):
    """Whatever the text, nothing fails, and no line of prose is wider than the terminal."""
    text = drawn(source, width=width)
    if "```" not in source:
        assert all(width_of(line) <= width for line in text.splitlines())
