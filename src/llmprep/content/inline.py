"""The parser's inline tokens to those of the tree, and what of a line of running text the tree does not hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llmprep.content.latex import LONGEST, to_unicode, unfinished
from llmprep.content.markup import Kind, Token, Tokens
from llmprep.content.parser_rules import CHINESE, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token as ParserToken

_SIMPLE = {
    "strong_open": Kind.STRONG_ON, "strong_close": Kind.STRONG_OFF, "em_open": Kind.EMPHASIS_ON,
    "em_close": Kind.EMPHASIS_OFF, "link_close": Kind.LINK_OFF,
}  # fmt: skip
_ADDRESS = re.compile(r"https://[^\s<>\"]+")
_DISPLAY = re.compile(r"^ *\$\$ *$", re.MULTILINE)
_BREAKS = frozenset({"softbreak", "hardbreak"})
QUOTED = 20
"""Characters of the text that a message quotes."""
LONGEST_QUOTE = 80
"""The most characters of a formula that a message quotes."""


def formula(latex: str, faults: list[Fault], line: int) -> str:
    """Convert a formula to Unicode, or to nothing; what is wrong with it goes to `faults`."""
    if len(latex) > LONGEST:
        faults.append(Fault(line, "bank.math_too_long", {"length": len(latex), "most": LONGEST}))
    elif piece := unfinished(latex):
        faults.append(Fault(line, "bank.math_unfinished", {"piece": piece}))
    return to_unicode(latex) or ""


class InlineReader:
    """Reads the tokens of one paragraph, cell or heading; `line` is the line reached, from 0 in the field."""

    def __init__(self, source: str, line: int, sources: Mapping[str, int]) -> None:
        self.source = source
        self.sources = sources
        self.line = self.first = line
        self.faults: list[Fault] = []
        self._told: set[str] = set()

    def refuse(self, key: str, **facts: object) -> None:
        """Note what the tree does not hold; of each kind the first, since one often brings the others about."""
        if key not in self._told:
            self._told.add(key)
            self.faults.append(Fault(self.line, key, facts))

    def read(self, nodes: Sequence[ParserToken]) -> Tokens:
        """Read a line's tokens, neighbouring pieces of text made one."""
        tokens: list[Token] = []
        text: list[str] = []
        for index, node in enumerate(nodes):
            token = self._token(nodes, index)
            self.line += _breaks(node)
            if token.kind is Kind.TEXT:
                text.append(token.text)
                continue
            if any(text):
                tokens.append(Token(Kind.TEXT, "".join(text)))
            text.clear()
            tokens.append(token)
        if any(text):
            tokens.append(Token(Kind.TEXT, "".join(text)))
        self._refuse_stars(nodes)
        return tuple(tokens)

    def _token(self, nodes: Sequence[ParserToken], index: int) -> Token:
        node = nodes[index]
        match node.type:
            case "text":
                self._refuse_marks(node.content)
                return Token(Kind.TEXT, node.content)
            case "text_special":
                if node.info == "entity":
                    self.refuse("bank.markdown_entity", entity=node.markup)
                    return Token(Kind.TEXT, node.markup)
                return Token(Kind.TEXT, node.content)
            case "softbreak":
                return Token(Kind.TEXT, "\n")
            case "hardbreak":
                self.refuse("bank.markdown_break")
                return Token(Kind.TEXT, "\n")
            case "code_inline":
                return Token(Kind.CODE, node.content)
            case "math_inline":
                return self._math(nodes, index)
            case "link_open":
                return self._link(node, empty=nodes[index + 1].type == "link_close")
            case "mark":
                number = self.sources.get(node.content)
                if number is None:
                    self.refuse("bank.mark_unknown", name=node.content[:QUOTED])
                return Token(Kind.MARK, node.content, str(number or ""))
            case "refused":
                self.refuse(node.meta["key"])
                return Token(Kind.TEXT, node.content)
        if node.markup in {"_", "__"}:
            self.refuse("bank.markdown_underscore")
        return Token(_SIMPLE[node.type])

    def _refuse_marks(self, text: str) -> None:
        """Refuse the marks that are left over in a text: they would show, and not in every renderer."""
        if "`" in text:
            self.refuse("bank.backtick")
        if "$" in text and not self._told & {"bank.math_block_open", "bank.math_blank_lines", "bank.math_not_alone"}:
            self._refuse_dollar()

    def _refuse_dollar(self) -> None:
        """Refuse a dollar that opens no formula."""
        alone = len(_DISPLAY.findall(self.source))
        if alone > 1:  # a block, but not one to a parser: it stands against the lines around it
            self.refuse("bank.math_blank_lines")
        elif alone:
            self.refuse("bank.math_block_open")
        elif "$$" in self.source:
            self.refuse("bank.math_not_alone")
        else:
            self.refuse("bank.dollar")

    def _math(self, nodes: Sequence[ParserToken], index: int) -> Token:
        latex = re.sub(r"\s+", " ", nodes[index].content)
        before, after = _character(nodes, index - 1, -1), _character(nodes, index + 1, 0)
        if after.isdigit():  # `$5 and $6`: other renderers take the dollars for money
            self.refuse("bank.dollar")
        if "`" in latex:  # others look for code before they look for formulas
            self.refuse("bank.backtick")
        if CHINESE.match(before) or CHINESE.match(after):  # and others see a formula between spaces only
            self.refuse("bank.math_spaces", formula=f"${latex[:LONGEST_QUOTE]}$")
        return Token(Kind.MATH, latex, formula(latex, self.faults, self.line))

    def _link(self, node: ParserToken, *, empty: bool) -> Token:
        address = str(node.attrGet("href") or "")
        if empty or node.attrGet("title") or not _ADDRESS.fullmatch(address):
            self.refuse("bank.markdown_link")
        return Token(Kind.LINK_ON, address)

    def _refuse_stars(self, nodes: Sequence[ParserToken]) -> None:
        """Refuse the stars that are left over, but for one between spaces: two alike were meant as a pair."""
        alone: dict[int, tuple[int, str]] = {}
        line = self.first
        index = 0
        while index < len(nodes):
            line += _breaks(nodes[index])
            width = 0
            while index + width < len(nodes) and _is_star(nodes[index + width]):
                width += 1
            if width and not (width == 1 and _is_blank(nodes, index - 1, -1) and _is_blank(nodes, index + 1, 0)):
                if width in alone:
                    start, quoted = alone.pop(width)
                    self.faults.append(Fault(start, "bank.emphasis_literal", {"text": quoted}))
                else:
                    alone[width] = (line, _quote(nodes, index))
            index += width or 1
        for start, quoted in list(alone.values())[:1]:
            self.faults.append(Fault(start, "bank.asterisk", {"text": quoted}))


def _breaks(node: ParserToken) -> int:
    """Count the line breaks of the source that a node spans."""
    return (node.type in _BREAKS) + int(node.meta.get("breaks", 0))


def _is_star(node: ParserToken) -> bool:
    return node.type == "text" and node.content == "*"


def _is_blank(nodes: Sequence[ParserToken], index: int, side: int) -> bool:
    """Whether a node's last (-1) or first (0) character is a space; a line's end and the text's count as one."""
    outside = not 0 <= index < len(nodes)
    return outside or nodes[index].type in _BREAKS or _character(nodes, index, side).isspace()


def _character(nodes: Sequence[ParserToken], index: int, side: int) -> str:
    """Return a node's last (-1) or first (0) character, if the node is text."""
    node = nodes[index] if 0 <= index < len(nodes) else None
    return node.content[side] if node is not None and node.type in {"text", "text_special"} and node.content else ""


def _quote(nodes: Sequence[ParserToken], index: int) -> str:
    """Return the beginning of the text from a node on, up to its line's end."""
    quoted = ""
    for node in nodes[index : index + QUOTED]:
        if node.type in _BREAKS:
            break
        quoted += node.content or node.markup
    return quoted[:QUOTED]
