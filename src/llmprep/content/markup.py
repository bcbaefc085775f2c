r"""The bank's Markdown subset, taken apart: what every renderer and every export format begins with.

Blocks are paragraphs, one-level lists, fenced code and `$$` formulas; inside a paragraph or a list's item there are
code, `$…$` formulas, links, bold and emphasis. A backslash makes the punctuation after it literal. Nothing is ever
refused: what fits no rule is text, as in CommonMark.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from llmprep.content.inline_scanner import marks

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is. The pairs (`*_ON`, `*_OFF`) always nest."""

    TEXT = auto()
    CODE = auto()
    MATH = auto()
    STRONG_ON = auto()
    STRONG_OFF = auto()
    EMPHASIS_ON = auto()
    EMPHASIS_OFF = auto()
    LINK_ON = auto()
    LINK_OFF = auto()


class Token(NamedTuple):
    """A piece of a line. `text` is what the piece holds, escapes resolved; of a link, its address."""

    kind: Kind
    text: str = ""


class Paragraph(NamedTuple):
    """Running text; a newline in a text token is where the source has one."""

    tokens: tuple[Token, ...]


class List(NamedTuple):
    """A list; `start` is its first number, or None where the items have bullets."""

    start: int | None
    items: tuple[tuple[Token, ...], ...]


class Fence(NamedTuple):
    """Fenced code."""

    language: str
    text: str


class Formula(NamedTuple):
    """A formula on lines of its own, as LaTeX."""

    latex: str


Block = Paragraph | List | Fence | Formula

STRONG = 2
"""How many stars make bold."""

_FENCE = re.compile(r" *(`{3,}|~{3,}) *([^\s`]*)")
_MARKER = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?: +|$)")


def blocks(source: str) -> tuple[Block, ...]:
    """A text's blocks, in order."""
    return tuple(_blocks(source.replace("\t", "    ").splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    closings = _closings(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif fence := _FENCE.match(line):
            end = _fence_end(lines, at, fence[1])
            indent = len(line) - len(line.lstrip())
            inner = [row[min(indent, len(row) - len(row.lstrip())) :] for row in lines[at + 1 : end]]
            yield Fence(fence[2], "\n".join(inner))
            at = end + 1
        elif (last := closings[at]) is not None:
            text = "\n".join(row.strip() for row in lines[at : last + 1])
            yield Formula(text[2:-2].strip())
            at = last + 1
        elif marker := _MARKER.match(line):
            items, at = _items(lines, at, closings, ordered=marker[1] is not None)
            yield List(int(marker[1]) if marker[1] else None, tuple(inline(item) for item in items))
        else:
            end = at + 1
            while end < len(lines) and not _interrupts(lines, end, closings):
                end += 1
            yield Paragraph(inline("\n".join(row.strip() for row in lines[at:end])))
            at = end


def _fence_end(lines: list[str], at: int, opening: str) -> int:
    """The closing line's index, or one past the last line."""
    for end in range(at + 1, len(lines)):
        row = lines[end].strip()
        if len(row) >= len(opening) and not row.strip(opening[0]):
            return end
    return len(lines)


def _closings(lines: list[str]) -> list[int | None]:
    """For each line that opens a `$$` block, the line that closes it, before any blank one; None for other lines.

    Worked out from the last line to the first, so that many blocks that nothing closes cost no more than one.
    """
    closings: list[int | None] = [None] * len(lines)
    following: int | None = None
    for at in range(len(lines) - 1, -1, -1):
        row = lines[at].strip()
        alone = len(row) > 4 and row.endswith("$$")  # noqa: PLR2004  (room for both pairs of dollars)
        if row.startswith("$$"):
            closings[at] = at if alone else following
        following = None if not row else at if row.endswith("$$") else following
    return closings


def _interrupts(lines: list[str], at: int, closings: list[int | None]) -> bool:
    """Whether line `at` begins another block than the paragraph before it; a number must be 1 to do so."""
    line = lines[at]
    if not line.strip() or _FENCE.match(line) or closings[at] is not None:
        return True
    marker = _MARKER.match(line)
    return bool(marker and (marker[1] is None or int(marker[1]) == 1) and line[marker.end() :].strip())


def _items(lines: list[str], at: int, closings: list[int | None], *, ordered: bool) -> tuple[list[str], int]:
    """The source of each of a list's items, from line `at`, and the index of the line after the list."""
    items: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        marker = _MARKER.match(line)
        if marker and (marker[1] is not None) == ordered:
            items.append([line[marker.end() :].strip()])
        elif not line.strip():
            # A blank line ends the list unless another of its items follows.
            follows = _MARKER.match(lines[at + 1]) if at + 1 < len(lines) else None
            if not (follows and (follows[1] is not None) == ordered):
                break
        elif marker or _FENCE.match(line) or closings[at] is not None:
            break
        else:
            items[-1].append(line.strip())
        at += 1
    return ["\n".join(rows) for rows in items], at


def inline(source: str) -> tuple[Token, ...]:
    """The tokens of a paragraph's text, with bold and emphasis paired."""
    tokens: list[Token] = []
    opened: list[list[tuple[int, int]]] = [[]]
    """For the text and each link within it, what is open: where in `tokens`, and how many stars wide."""
    at = 0
    for mark in marks(source):
        tokens.append(Token(Kind.TEXT, source[at : mark.start]))
        at = mark.end
        if mark.kind == "stars":
            before, after = source[mark.start - 1 : mark.start], source[at : at + 1]
            width = mark.end - mark.start
            _pair(width, tokens, opened[-1], opens=bool(after.strip()), closes=bool(before.strip()))
        elif mark.kind == "link":
            tokens.append(Token(Kind.LINK_ON, mark.text))
            opened.append([])
        elif mark.kind == "close":
            _give_up(tokens, opened.pop())
            tokens.append(Token(Kind.LINK_OFF))
        elif mark.kind == "math":
            tokens.append(Token(Kind.MATH, re.sub(r"\s+", " ", mark.text)))
        elif mark.kind == "code":
            code = mark.text.replace("\n", " ")
            spaced = code.startswith(" ") and code.endswith(" ") and code.strip()
            tokens.append(Token(Kind.CODE, code[1:-1] if spaced else code))
        else:
            tokens.append(Token(Kind.TEXT, mark.text))
    tokens.append(Token(Kind.TEXT, source[at:]))
    _give_up(tokens, opened.pop())
    return _merged(tokens)


def _give_up(tokens: list[Token], opened: list[tuple[int, int]]) -> None:
    """Make text of stars that nothing closes."""
    for index, width in opened:
        tokens[index] = Token(Kind.TEXT, "*" * width)


def _pair(stars: int, tokens: list[Token], opened: list[tuple[int, int]], *, opens: bool, closes: bool) -> None:
    """Let a run of stars close what is open, then open what is left; stars that can do neither are text."""
    while closes and opened and opened[-1][1] <= stars:
        width = opened.pop()[1]
        tokens.append(Token(Kind.STRONG_OFF if width == STRONG else Kind.EMPHASIS_OFF))
        stars -= width
    while opens and stars:
        width = min(stars, STRONG)
        opened.append((len(tokens), width))
        tokens.append(Token(Kind.STRONG_ON if width == STRONG else Kind.EMPHASIS_ON))
        stars -= width
    tokens.append(Token(Kind.TEXT, "*" * stars))


def _merged(tokens: list[Token]) -> tuple[Token, ...]:
    """The same tokens, neighbouring pieces of text made one and empty ones dropped."""
    merged: list[Token] = []
    for is_text, run in groupby(tokens, lambda token: token.kind is Kind.TEXT):
        if not is_text:
            merged += run
        elif text := "".join(token.text for token in run):
            merged.append(Token(Kind.TEXT, text))
    return tuple(merged)
