"""Markdown to the tree of `llmprep.content.markup`, and what of it the tree does not hold.

markdown-it-py reads CommonMark with pipe tables; dollar math and `[^id]` marks are added. The bank uses a subset that
every renderer agrees on: whatever lies outside it comes back as a fault, so that what is shown is what was checked. A
text with faults still has a tree, which loses no word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from llmprep.content import parser_rules
from llmprep.content.highlight import spans
from llmprep.content.inline import InlineReader, formula
from llmprep.content.markup import Block, Blocks, Fence, Formula, Kind, List, Paragraph, Table, Tokens
from llmprep.content.parser_rules import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token as ParserToken

_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_DELIMITER_ROW = re.compile(r"^ *+\|?+[ :]*+-++[ :]*+\|[ |:-]*+$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>", re.MULTILINE)
_LISTS = {"bullet_list_open": "-", "ordered_list_open": "."}


class Words(NamedTuple):
    """A line of running text: a paragraph, a list's item, a cell."""

    line: int
    """The line of the source it begins on, from 0."""
    text: str
    """What is neither code nor formula."""
    length: int
    """Characters of its source."""


class Parsed(NamedTuple):
    """The tree of a text, and what of the text it does not hold, in the text's order."""

    blocks: Blocks
    faults: tuple[Fault, ...]
    words: tuple[Words, ...]


@cache
def _markdown() -> MarkdownIt:
    """Return the parser. Its cost is linear in the length of a text: `tests/property/test_bank_cost.py` measures it."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["html_block", "html_inline", "autolink", "image", "reference"])
    # markdown-it looks into a quote after each table anew, to its end: `paragraph` refuses them.
    parser.disable("blockquote")
    parser.inline.ruler2.disable("fragments_join")  # a star that is left over stays a token of its own
    parser.core.ruler.disable("text_join")  # so does a character that was escaped
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, allow_blank_lines=False)
    parser_rules.install(parser)
    return parser


def parse(source: str, sources: Mapping[str, int] | None = None) -> Parsed:
    """Parse a text in the bank's Markdown.

    Args:
        source: the text.
        sources: the numbers of the item's sources, by the ids that marks name.
    """
    reader = _Reader(source, sources or {})
    blocks = reader.blocks()
    return Parsed(blocks, tuple(sorted(reader.faults, key=lambda fault: fault.line)), tuple(reader.words))


class _Reader:
    """Reads the parser's tokens into blocks; `at` is the next token."""

    def __init__(self, source: str, sources: Mapping[str, int]) -> None:
        self.sources = sources
        self.lines = source.split("\n")
        self.nodes = _markdown().parse(source)
        self.at = 0
        self.faults: list[Fault] = []
        self.words: list[Words] = []
        self.in_list = False

    def refuse(self, line: int, key: str, **facts: object) -> None:
        """Note what the tree does not hold."""
        self.faults.append(Fault(line, key, facts))

    def blocks(self, end: str = "") -> Blocks:
        """Read blocks up to the token `end`, which is consumed."""
        found: list[Block] = []
        while self.at < len(self.nodes):
            node = self.nodes[self.at]
            self.at += 1
            if node.type == end:
                break
            found += self.block(node)
        return tuple(found)

    def block(self, node: ParserToken) -> Blocks:
        """Read the token just consumed and what it opens: several blocks, or none, for what is refused."""
        line = node.map[0] if node.map else 0
        match node.type:
            case "inline":
                return (self.paragraph(node, line),)
            case "fence":
                return (self.fence(node, line),)
            case "math_block":
                return (self.formula(node, line),)
            case "bullet_list_open" | "ordered_list_open":
                return (self.list(node, line),)
            case "table_open":
                return (self.table(line),)
            case "code_block":
                self.refuse(line, "bank.markdown_indented_code")
                return (Fence("", node.content.rstrip("\n")),)
            case "heading_open":
                self.refuse(line, "bank.markdown_heading" if node.markup.startswith("#") else "bank.markdown_rule")
            case "hr":
                self.refuse(line, "bank.markdown_rule")
        return ()

    def tokens(self, node: ParserToken, line: int) -> Tokens:
        """Read a line of running text."""
        reader = InlineReader(node.content, line, self.sources)
        tokens = reader.read(node.children or [])
        self.faults += reader.faults
        text = " ".join(token.text for token in tokens if token.kind is Kind.TEXT)
        self.words.append(Words(line, text, len(node.content)))
        return tokens

    def refuse_quote(self, text: str, line: int) -> None:
        """Refuse a line that begins a block quote."""
        if found := _QUOTE.search(text):
            self.refuse(line + text.count("\n", 0, found.start()), "bank.markdown_quote")

    def paragraph(self, node: ParserToken, line: int) -> Paragraph:
        """Read a paragraph, or what stands in a heading."""
        self.refuse_quote(node.content, line)
        if _DEFINITION.match(node.content):
            self.refuse(line, "bank.markdown_reference")
        if row := _DELIMITER_ROW.search(node.content):
            self.refuse(line + node.content.count("\n", 0, row.start()), "bank.markdown_table")
        return Paragraph(self.tokens(node, line))

    def fence(self, node: ParserToken, line: int) -> Fence:
        """Read fenced code."""
        last = (node.map or [0, 0])[1] - 1
        closing = self.lines[last].strip() if last < len(self.lines) else ""
        if last == line or len(closing) < len(node.markup) or closing.strip(node.markup[0]):
            self.refuse(line, "bank.fence_open")
        words = node.info.split()
        if len(words) > 1:
            self.refuse(line, "bank.fence_words", language=words[0])
        language, code = words[0] if words else "", node.content.removesuffix("\n")
        return Fence(language, code, spans(code, language))

    def formula(self, node: ParserToken, line: int) -> Formula:
        """Read a `$$` block, whose marks stand alone on their lines, with blank lines around."""
        first, after = node.map or [0, 0]
        rows = [row.strip() for row in node.content.split("\n")]
        if rows[0] or rows[-1] or len(rows) == 1:
            self.refuse(line, "bank.math_not_alone")
        if first and self.lines[first - 1].strip():
            self.refuse(line, "bank.math_blank_lines")
        if after < len(self.lines) and self.lines[after].strip():
            self.refuse(after - 1, "bank.math_blank_lines")
        latex = "\n".join(rows).strip()
        return Formula(latex, formula(latex, self.faults, line))

    def list(self, node: ParserToken, line: int) -> List:
        """Read a list, with the blocks of each item."""
        if node.markup != _LISTS[node.type]:
            self.refuse(line, "bank.markdown_marker")
        nested, self.in_list = self.in_list, True
        if nested:
            self.refuse(line, "bank.markdown_nested_list")
        items: list[Blocks] = []
        close = node.type.replace("open", "close")
        while (inner := self.nodes[self.at]).type != close:
            self.at += 1
            if inner.type == "list_item_open":
                items.append(self.blocks("list_item_close"))
        self.at += 1
        self.in_list = nested
        start = node.attrGet("start")
        first = 1 if start is None else int(start)
        return List(first if node.type == "ordered_list_open" else None, tuple(items))

    def table(self, line: int) -> Table:
        """Read a table."""
        if self.in_list:
            self.refuse(line, "bank.table_in_list")
        align: list[str] = []
        rows: list[list[Tokens]] = []
        while (node := self.nodes[self.at]).type != "table_close":
            self.at += 1
            row_line = node.map[0] if node.map else line
            if node.type == "tr_open":
                rows.append([])
            elif node.type == "th_open":
                align.append(str(node.attrGet("style") or "").removeprefix("text-align:"))
            elif node.type == "inline":
                rows[-1].append(self.tokens(node, row_line))
        self.at += 1
        self.refuse_quote("\n".join(self.lines[line : line + len(rows) + 1]), line)
        for offset, cells in enumerate(parser_rules.cells(row) for row in self.lines[line : line + len(rows) + 1]):
            if cells != len(align):
                self.refuse(line + offset, "bank.table_cells", cells=cells, columns=len(align))
        head, *body = map(tuple, rows)
        return Table(tuple(align), head, tuple(body))
