"""Where lines may end, in English, in Chinese and in lines that hold both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER_FIRST = frozenset("，。、；：？！）】》」』〉”’…—～％·,.;:?!)]}%")
"""What never begins a line."""
NEVER_LAST = frozenset("（【《「『〈“‘([{")
"""What never ends one."""


@lru_cache(maxsize=4096)
def columns(mark: str) -> int:
    """How many columns a terminal gives a character."""
    if mark.isascii():
        return 1
    from unicodedata import category, east_asian_width

    # A character's width as rich has it, without its table's import: marks that combine take no column.
    return 0 if category(mark) in {"Mn", "Me", "Cf"} else 2 if east_asian_width(mark) in "WF" else 1


def is_wide(mark: str) -> bool:
    """Whether a character takes two columns, as Chinese does."""
    return columns(mark) > 1


def width_of(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(columns, text))


def lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph, none of them wider than `width` columns, as ranges of its characters.

    A line ends at a space or beside a wide character, but never so that punctuation would begin the next or an opening
    bracket end it. A word wider than a whole line is cut.
    """
    start = 0
    while start < len(text):
        reach = _reach(text, start, max(width, 2))
        at = next((end for end in range(reach, start, -1) if _may_end(text, end)), _cut(text, start, reach))
        yield start, start + len(text[start:at].rstrip(" "))
        start = _past_spaces(text, at)


def _reach(text: str, start: int, width: int) -> int:
    """How far a line from `start` can reach at most."""
    if text[start : start + width].isascii():
        return min(start + width, len(text))
    used = 0
    for at in range(start, len(text)):
        used += columns(text[at])
        if used > width:
            return at
    return len(text)


def _cut(text: str, start: int, at: int) -> int:
    """Where to cut a word that no line can hold: not before a combining mark."""
    while start + 1 < at < len(text) and columns(text[at]) == 0:
        at -= 1
    return at


def _may_end(text: str, at: int) -> bool:
    """Whether a line may end before character `at`; spaces around belong to neither line."""
    if at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if " " in {left, right}:
        # A run of spaces is gone through, and no more of the text: a paragraph may be long.
        begin, end = _before_spaces(text, at), _past_spaces(text, at)
        return text[max(begin - 1, 0) : begin] not in NEVER_LAST and text[end : end + 1] not in NEVER_FIRST
    return left not in NEVER_LAST and right not in NEVER_FIRST and (is_wide(left) or is_wide(right))


def _past_spaces(text: str, at: int) -> int:
    """Where the spaces that begin at `at` end."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _before_spaces(text: str, at: int) -> int:
    """Where the spaces that end at `at` begin."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at
