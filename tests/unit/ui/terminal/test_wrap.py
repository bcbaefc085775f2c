"""Laws of breaking lines."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from llmprep.ui.terminal.wrap import NEVER_FIRST, NEVER_LAST, columns, lines, width_of

MIXED = st.text(alphabet="ab 中文量化，。（）“”x1.,()é\u0301❤\ufe0f👩\u200d👧🇨", max_size=120)


def broken(text, width):
    return [text[start:end] for start, end in lines(text, width)]


@given(MIXED, st.integers(2, 40))
def test_no_line_is_too_wide_and_nothing_but_spaces_is_lost(text, width):
    """Every line fits, and the lines hold every character but the spaces between them."""
    found = broken(text, width)
    assert all(width_of(line) <= width for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="中文量化，。（）a ", max_size=120), st.integers(12, 40))
def test_punctuation_stays_with_its_word(text, width):
    """No line begins with closing punctuation or ends with an opening bracket, where it need not."""
    found = broken(text, width)
    for before, after in pairwise(found):
        forced = all(mark in NEVER_FIRST | NEVER_LAST | {" ", "a"} for mark in before) or all(
            _glued(left, right) for left, right in pairwise(before)
        )
        assert forced or not (after[:1] in NEVER_FIRST or before[-1:] in NEVER_LAST)


def _glued(left, right):
    return right in NEVER_FIRST or left in NEVER_LAST or (columns(left) == columns(right) == 1) or " " in left + right


@given(MIXED)
def test_there_is_one_measure_of_width(text):
    """Text is as wide here as rich has it when it lays out the same text."""
    assert width_of(text) == cell_len(text)


def test_chinese_fills_the_line():
    """A run of Chinese without spaces is broken at the width, not moved whole to the next line."""
    assert broken("scale 由区间长度除以级数得到，再取整。", 16) == ["scale 由区间长度", "除以级数得到，再", "取整。"]


def test_english_breaks_at_spaces():
    """A line of English ends where a word does."""
    assert broken("round to the nearest even", 10) == ["round to", "the", "nearest", "even"]


def test_a_long_word_is_cut():
    """A word that no line can hold is cut."""
    assert broken("abcdefgh", 3) == ["abc", "def", "gh"]
