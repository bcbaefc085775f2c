r"""The bank's Markdown subset, taken apart: what every renderer and every export format begins with.

Blocks are paragraphs, one-level lists, fenced code and `$$` formulas; inside a paragraph or a list's item there are
code, `$…$` formulas, links, bold and emphasis. A backslash makes the punctuation after it literal. Nothing is ever
refused: what fits no rule is text, as in CommonMark.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

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
_INLINE = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    |(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    |\$(?P<math>(?![\s$])(?:\\.|[^\\$`])*?(?:\\.|[^\\$`\s]))\$(?!\d)
    |\[(?P<label>(?:\\.|`[^`]*`|[^\]\\`])+)\]\((?P<address>(?:[^()\s]|\([^()\s]*\))+)\)
    |(?P<stars>\*+)""",
    re.VERBOSE | re.DOTALL,
)


def blocks(source: str) -> tuple[Block, ...]:
    """A text's blocks, in order."""
    return tuple(_blocks(source.replace("\t", "    ").splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
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
        elif (last := _formula_end(lines, at)) is not None:
            text = "\n".join(row.strip() for row in lines[at : last + 1])
            yield Formula(text[2:-2].strip())
            at = last + 1
        elif marker := _MARKER.match(line):
            items, at = _items(lines, at, ordered=marker[1] is not None)
            yield List(int(marker[1]) if marker[1] else None, tuple(inline(item) for item in items))
        else:
            end = at + 1
            while end < len(lines) and not _interrupts(lines, end):
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


def _formula_end(lines: list[str], at: int) -> int | None:
    """The index of the line that closes the `$$` which opens line `at`; None if the line opens none."""
    first = lines[at].strip()
    if not first.startswith("$$"):
        return None
    if len(first) > 4 and first.endswith("$$"):  # noqa: PLR2004  (room for both pairs of dollars)
        return at
    for end in range(at + 1, len(lines)):
        row = lines[end].strip()
        if row.endswith("$$"):
            return end
        if not row:
            return None
    return None


def _interrupts(lines: list[str], at: int) -> bool:
    """Whether line `at` begins another block than the paragraph before it; a number must be 1 to do so."""
    line = lines[at]
    if not line.strip() or _FENCE.match(line) or _formula_end(lines, at) is not None:
        return True
    marker = _MARKER.match(line)
    return bool(marker and (marker[1] is None or int(marker[1]) == 1) and line[marker.end() :].strip())


def _items(lines: list[str], at: int, *, ordered: bool) -> tuple[list[str], int]:
    """The source of each of a list's items, from line `at`, and the index of the line after the list."""
    items: list[str] = []
    while at < len(lines):
        line = lines[at]
        marker = _MARKER.match(line)
        if marker and (marker[1] is not None) == ordered:
            items.append(line[marker.end() :].strip())
        elif not line.strip():
            # A blank line ends the list unless another of its items follows.
            follows = _MARKER.match(lines[at + 1]) if at + 1 < len(lines) else None
            if not (follows and (follows[1] is not None) == ordered):
                return items, at
        elif marker or _FENCE.match(line) or _formula_end(lines, at) is not None:
            return items, at
        else:
            items[-1] += "\n" + line.strip()
        at += 1
    return items, at


def inline(source: str) -> tuple[Token, ...]:
    """The tokens of a paragraph's text, with bold and emphasis paired."""
    tokens: list[Token] = []
    opened: list[tuple[int, int]] = []  # where in `tokens`, and how many stars wide
    at = 0
    for match in _INLINE.finditer(source):
        tokens.append(Token(Kind.TEXT, source[at : match.start()]))
        at = match.end()
        if match["stars"]:
            before, after = source[match.start() - 1 : match.start()], source[at : at + 1]
            _pair(len(match["stars"]), tokens, opened, opens=bool(after.strip()), closes=bool(before.strip()))
        elif match["label"]:
            tokens += [Token(Kind.LINK_ON, match["address"]), *inline(match["label"]), Token(Kind.LINK_OFF)]
        elif match["math"]:
            tokens.append(Token(Kind.MATH, re.sub(r"\s+", " ", match["math"])))
        elif match["code"]:
            code = match["code"].replace("\n", " ")
            spaced = code.startswith(" ") and code.endswith(" ") and code.strip()
            tokens.append(Token(Kind.CODE, code[1:-1] if spaced else code))
        else:
            tokens.append(Token(Kind.TEXT, match["escaped"]))
    tokens.append(Token(Kind.TEXT, source[at:]))
    for index, width in opened:
        tokens[index] = Token(Kind.TEXT, "*" * width)
    return _merged(tokens)


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
    for token in tokens:
        if token.kind is not Kind.TEXT:
            merged.append(token)
        elif merged and merged[-1].kind is Kind.TEXT:
            merged[-1] = Token(Kind.TEXT, merged[-1].text + token.text)
        elif token.text:
            merged.append(token)
    return tuple(merged)
