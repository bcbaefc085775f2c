"""Where lines may end, in English, in Chinese and in lines that hold both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

NEVER_FIRST = frozenset("，。、；：？！）】》」』〉”’…—～％·,.;:?!)]}%")
"""What never begins a line."""
NEVER_LAST = frozenset("（【《「『〈“‘([{")
"""What never ends one."""


TIE = "\xa0"
"""A space at which no line ends; it is drawn as a plain one."""


def columns(mark: str) -> int:
    """Count the columns that a terminal gives a character, as rich has it."""
    if mark.isascii():
        return 1
    from rich.cells import get_character_cell_size

    return get_character_cell_size(mark)


def is_wide(mark: str) -> bool:
    """Whether a character takes two columns, as Chinese does."""
    return columns(mark) > 1


def width_of(text: str) -> int:
    """Count the columns that a text takes, as rich has it."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: Text, width: int) -> Iterator[Text]:
    """Yield the lines of a styled paragraph."""
    ends = [at for line in lines(text.plain, width) for at in line]
    # Divided once: to cut out each line by itself would go through the whole paragraph for it.
    for line in list(text.divide(ends))[1::2]:
        line.plain = line.plain.replace(TIE, " ")
        yield line


def lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a paragraph, none of them wider than `width` columns, as ranges of its characters.

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
    """Return how far a line from `start` can reach at most."""
    if text[start : start + width].isascii():
        return min(start + width, len(text))
    used = 0
    reach = len(text)
    for at in range(start, len(text)):
        used += columns(text[at])
        if used > width:
            reach = at
            break
    # Together, characters may be wider than one by one, as an emoji and the selector after it are.
    while reach > start + 1 and width_of(text[start:reach]) > width:
        reach -= 1
    return reach


def _cut(text: str, start: int, at: int) -> int:
    """Return where to cut a word that no line can hold: not before a combining mark."""
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
    """Return where the spaces that begin at `at` end."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _before_spaces(text: str, at: int) -> int:
    """Return where the spaces that end at `at` begin."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at
