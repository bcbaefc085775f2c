"""The bank's Markdown written out for other readers: every CommonMark parser sees in it what the bank's own sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

from llmprep.content.markup import Fence, Formula, Kind, List, Paragraph, Table
from llmprep.export.formula import display, portable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.content.markup import Block, Token

_MARKS = {Kind.STRONG_ON: "**", Kind.STRONG_OFF: "**", Kind.EMPHASIS_ON: "*", Kind.EMPHASIS_OFF: "*"}
_OPENING = {Kind.STRONG_ON, Kind.EMPHASIS_ON}
_CLOSING = {Kind.STRONG_OFF, Kind.EMPHASIS_OFF}
_SPECIAL = re.compile(r"[\\`*$~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\](?=[(\[:])|\[(?=\^)|&(?=#?\w+;)")
_SPECIAL_IN_LABEL = re.compile(rf"{_SPECIAL.pattern}|[\[\]]")
_APART = "<!-- -->"
"""Between two lists, such as the English and the Chinese one, which would otherwise be read as one."""
_LINE_START = re.compile(
    r"^( *)(?:([#>|]|[-+](?=\s|$)|=(?==*\s*$)|-(?=-*\s*$)|\[(?=[ xX]\]))|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE
)


def markdown(blocks: Sequence[Block], item: str = "") -> str:
    """Write blocks, a blank line between two.

    Args:
        blocks: the tree of a text.
        item: the anchor of the item, whose sources the marks lead to.
    """
    parts: list[str] = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if isinstance(block, List) and isinstance(before, List) and (block.start is None) == (before.start is None):
            parts.append(_APART)
        parts.append(_block(block, item))
    return "\n\n".join(parts)


def phrase(tokens: Sequence[Token]) -> str:
    """Write a title or another short text on one line."""
    return line([token._replace(text=" ".join(token.text.split("\n"))) for token in tokens])


def source_anchor(item: str, number: str) -> str:
    """Return the anchor of a source, to which marks lead."""
    return f"{item}--source-{number}"


def fenced(code: str, language: str) -> str:
    """Write code in a fence longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code.rstrip()}\n{fence}"


def link(text: str, address: str) -> str:
    """Write plain text, such as a source's title, as a link."""
    return f"[{escaped(text, label=True)}]({_address(address)})"


def indented(text: str, columns: int) -> str:
    """Move every line but the blank ones so many columns in."""
    return re.sub(r"^(?=.)", " " * columns, text, flags=re.MULTILINE)


def _block(block: Block, item: str) -> str:
    match block:
        case Paragraph(tokens):
            return _safe_starts(line(tokens, item))
        case List(start, items):
            leads = ["- " if start is None else f"{number}. " for number, _ in enumerate(items, start or 0)]
            apart = "\n\n" if any(len(blocks) > 1 for blocks in items) else "\n"
            return apart.join(
                lead + indented(markdown(blocks, item), len(lead)).lstrip()
                for lead, blocks in zip(leads, items, strict=True)
            )
        case Fence(language, text, _):
            return fenced(text, language)
        case Formula(latex, _):
            return f"$$\n{display(latex)}\n$$"
        case Table(align, head, rows):
            rule = [_RULES.get(side, "---") for side in align]
            cells = [[_cell(line(cell, item)) for cell in row] for row in (head, *rows)]
            return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:]))


_RULES = {"left": ":---", "center": ":---:", "right": "---:"}


def _cell(text: str) -> str:
    """Write a cell on one line; a bar in it, in code and formulas too, would begin the next cell."""
    return re.sub(r"(?<!\\)\|", r"\|", text.replace("\n", " "))


def _safe_starts(text: str) -> str:
    """Escape what would begin another block at the start of a line."""
    return _LINE_START.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", text)


def escaped(text: str, *, label: bool = False) -> str:
    """Escape whatever would be taken for Markdown; in a link's label, brackets too."""
    special = _SPECIAL_IN_LABEL if label else _SPECIAL
    return special.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", text)


def _address(address: str) -> str:
    return f"<{address}>" if re.search(r"[()\s]", address) else address


def line(tokens: Sequence[Token], item: str = "") -> str:
    """Write a paragraph. Spaces are put in where CommonMark or a formula would not do without."""
    pieces = _pieces(tokens, item)
    text = ""
    for index, (token, piece) in enumerate(zip(tokens, pieces, strict=True)):
        before, after = text[-1:], pieces[index + 1][:1] if index + 1 < len(pieces) else ""
        closed = index > 0 and tokens[index - 1].kind in _CLOSING
        if before.strip() and _apart_before(token.kind, before, after, closed=closed):
            text += " "
        if after.strip() and _apart_after(token.kind, text[-1:], after):
            piece += " "  # noqa: PLW2901
        text += piece
    return re.sub(r"(?<! ) ++$", "", text, flags=re.MULTILINE)  # each run of spaces is tried once


def _pieces(tokens: Sequence[Token], item: str) -> list[str]:
    """Write each token as Markdown."""
    pieces: list[str] = []
    addresses: list[str] = []
    for index, (kind, text, shown) in enumerate(tokens):
        match kind:
            case Kind.TEXT:
                words = escaped(text, label=bool(addresses))
                before_link = index + 1 < len(tokens) and tokens[index + 1].kind is Kind.LINK_ON
                pieces.append(f"{words[:-1]}\\!" if before_link and words.endswith("!") else words)
            case Kind.CODE:
                pieces.append(_code(text))
            case Kind.MATH:
                pieces.append(f"${portable(text)}$")
            case Kind.MARK:
                pieces.append(f"[\\[{shown or text}\\]](#{source_anchor(item, shown or text)})")
            case Kind.LINK_ON:
                addresses.append(text)
                pieces.append("[")
            case Kind.LINK_OFF:
                pieces.append(f"]({_address(addresses.pop())})")
            case _:
                pieces.append(_MARKS[kind])
    return pieces


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if "`" in text[:1] + text[-1:] or (text[:1] == text[-1:] == " " and text.strip()) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _apart_before(kind: Kind, before: str, after: str, *, closed: bool) -> bool:
    """Return whether a space goes before: stars open nothing between a letter and punctuation, nor by other stars."""
    if kind is Kind.MATH:
        return not before.isascii()
    return kind in _OPENING and (closed or (_is_punctuation(after, symbols=True) and not _is_punctuation(before)))


def _apart_after(kind: Kind, before: str, after: str) -> bool:
    """Return whether a space must follow: stars close nothing between punctuation and a letter."""
    if kind is Kind.MATH:
        return not after.isascii()
    return kind in _CLOSING and _is_punctuation(before, symbols=True) and not _is_punctuation(after)


def _is_punctuation(mark: str, *, symbols: bool = False) -> bool:
    """Return whether CommonMark counts a character as punctuation; symbols beyond ASCII (×) count in newer versions."""
    group = category(mark)[0] if mark else ""
    return group == "P" or (group == "S" and (symbols or mark.isascii()))
