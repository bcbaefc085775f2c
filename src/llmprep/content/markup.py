"""The tree of a prose field: blocks of tokens, and their plain data as the compiled bank keeps them.

`llmprep.content.parser` makes the tree of Markdown once, when an item is compiled; every renderer walks it. Nothing
here imports a parser, so that a warm start pays for none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.content import highlight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from llmprep.content.highlight import Spans


class Kind(StrEnum):
    """The kind of a token. The pairs (`*_ON`, `*_OFF`) always nest."""

    TEXT = "text"
    CODE = "code"
    MATH = "math"
    STRONG_ON = "strong"
    STRONG_OFF = "/strong"
    EMPHASIS_ON = "emphasis"
    EMPHASIS_OFF = "/emphasis"
    LINK_ON = "link"
    LINK_OFF = "/link"
    MARK = "mark"


class Token(NamedTuple):
    """A piece of running text."""

    kind: Kind
    text: str = ""
    """The content, escapes resolved; of a formula its LaTeX, of a link its address, of a mark the id it names."""
    shown: str = ""
    """Of a formula its Unicode form, empty where it has none; of a mark the number of the source it names."""


Tokens = tuple[Token, ...]


class Paragraph(NamedTuple):
    """Running text; a newline in a text token is where the source has one."""

    tokens: Tokens


class List(NamedTuple):
    """A list; `start` is its first number, or None where the items have bullets."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


class Fence(NamedTuple):
    """Fenced code."""

    language: str
    text: str
    spans: Spans = ()
    """The colours of Python."""


class Formula(NamedTuple):
    """A formula on lines of its own."""

    latex: str
    shown: str = ""
    """Its Unicode form; empty where it has none."""


class Table(NamedTuple):
    """A table; every row has as many cells as the header."""

    align: tuple[str, ...]
    """Of each column `left`, `center`, `right`, or nothing."""
    head: tuple[Tokens, ...]
    rows: tuple[tuple[Tokens, ...], ...]


Block = Paragraph | List | Fence | Formula | Table
Blocks = tuple[Block, ...]


def joined(versions: Iterable[Blocks]) -> Blocks:
    """Join the languages of a field, one after the other."""
    return tuple(block for version in versions for block in version)


def plain(text: str) -> Blocks:
    """Make a paragraph of text that is no Markdown."""
    return (Paragraph((Token(Kind.TEXT, text),)),)


def message(text: str) -> Blocks:
    """Make paragraphs of a message of the catalogue: backticks mark code, and nothing else has a meaning."""
    paragraphs = []
    for part in text.split("\n\n"):
        pieces = part.split("`")
        tokens = [Token(Kind.CODE if index % 2 else Kind.TEXT, piece) for index, piece in enumerate(pieces) if piece]
        paragraphs.append(Paragraph(tuple(tokens)))
    return tuple(paragraphs)


def title(blocks: Blocks) -> Tokens:
    """Return the tokens of a field of one paragraph, such as a title."""
    return tuple(token for block in blocks for token in tokens_of(block))


def tokens_of(block: Block) -> Iterator[Token]:
    """Yield all tokens of running text in a block."""
    match block:
        case Paragraph(tokens):
            yield from tokens
        case List(_, items):
            for item in items:
                for inner in item:
                    yield from tokens_of(inner)
        case Table(_, head, rows):
            for row in (head, *rows):
                for cell in row:
                    yield from cell


def to_data(blocks: Sequence[Block]) -> list[Any]:
    """Turn blocks into plain data: lists, strings, numbers and None."""
    return [_block_data(block) for block in blocks]


def _block_data(block: Block) -> list[Any]:
    match block:
        case Paragraph(tokens):
            return ["p", _line_data(tokens)]
        case List(start, items):
            return ["l", start, [to_data(item) for item in items]]
        case Fence(language, text, spans):
            return ["c", language, text, list(spans)]
        case Formula(latex, shown):
            return ["f", latex, shown]
        case Table(align, head, rows):
            return ["t", list(align), [[_line_data(cell) for cell in row] for row in (head, *rows)]]


def _line_data(tokens: Tokens) -> list[Any]:
    """Return running text: a string for text, a list for any other token, without what is empty at its end."""
    return [
        token.text
        if token.kind is Kind.TEXT
        else [token.kind.value, token.text, token.shown]
        if token.shown
        else [token.kind.value, token.text]
        if token.text
        else [token.kind.value]
        for token in tokens
    ]


def from_data(data: Any) -> Blocks:
    """Rebuild the blocks that `to_data` made `data` of.

    Raises:
        KeyError, TypeError, ValueError: `data` is not what `to_data` makes.
    """
    return tuple([_block(part) for part in data])


def _block(data: Any) -> Block:
    kind, *parts = data
    if kind == "p":
        return Paragraph(_line(parts[0]))
    if kind == "l":
        return List(parts[0], tuple([from_data(item) for item in parts[1]]))
    if kind == "c":
        return Fence(parts[0], parts[1], highlight.from_data(parts[2]))
    if kind == "f":
        return Formula(*parts)
    if kind == "t":
        head, *rows = [tuple([_line(cell) for cell in row]) for row in parts[1]]
        return Table(tuple(parts[0]), head, tuple(rows))
    raise ValueError(f"no block: {kind!r}")


_KINDS = {kind.value: kind for kind in Kind}


def _line(data: Any) -> Tokens:
    return tuple(
        [Token(Kind.TEXT, part) if isinstance(part, str) else Token(_KINDS[part[0]], *part[1:]) for part in data]
    )
