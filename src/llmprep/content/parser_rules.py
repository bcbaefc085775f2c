"""Rules that the bank's Markdown adds to markdown-it's, each of a cost linear in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

MAX_COLUMNS = 12
"""The most columns of a table. markdown-it fills short rows up: without a limit, a row of two bytes could cost as much
as the longest one."""

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""A Chinese character or a full-width mark."""

_MARK = re.compile(r"\[\^([^\]\[\n]*)\]")
_HTML = re.compile(r"<[A-Za-z/!?][^<>]*>")


class Fault(NamedTuple):
    """What a tree does not hold: on which line of the text, from 0, and its message."""

    line: int
    key: str
    facts: dict[str, object]


def install(parser: MarkdownIt) -> None:
    """Add the rules to a parser that has the plugin for dollar math."""
    from markdown_it.rules_block import table
    from markdown_it.rules_inline import backtick
    from mdit_py_plugins.dollarmath.index import math_inline_dollar

    parser.normalizeLink = _as_written  # type: ignore[method-assign,assignment]
    # The parser would leave `[x](javascript:…)` as text, and unnoticed; `inline.py` refuses all but https.
    parser.validateLink = _any_address  # type: ignore[method-assign,assignment]
    parser.inline.ruler.before("link", "mark", _mark)
    parser.inline.ruler.before("link", "image_mark", _image)
    parser.inline.ruler.before("link", "html_mark", _html)
    parser.inline.ruler.at("backticks", _counting(backtick))
    # `inline.py` looks at digits beside a formula: for a formula at the beginning, the plugin's test reads the end.
    parser.inline.ruler.at("math_inline", _counting(math_inline_dollar(allow_space=False)))
    parser.block.ruler.at("table", _narrow(table), {"alt": ["paragraph", "reference"]})


def _as_written(address: str) -> str:
    """Return an address as its author wrote it, rather than percent-encoded."""
    return address


def _any_address(_address: str) -> bool:
    """Take any address for a link's."""
    return True


def _counting(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap a rule: its token also has how many line breaks of the source it spans."""

    def counted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and len(state.tokens) > before:
            state.tokens[-1].meta["breaks"] = state.src.count("\n", start, state.pos)
        return found

    return counted


def _mark(state: StateInline, silent: bool) -> bool:
    """Parse `[^id]`, which names a source."""
    found = _MARK.match(state.src, state.pos, state.posMax) if state.src.startswith("[^", state.pos) else None
    if found is None:
        return False
    if not silent:
        state.push("mark", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:
    """Parse `![`, with which an image would begin: the tree holds none."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        token = state.push("refused", "", 0)
        token.content, token.meta["key"] = "![", "bank.markdown_image"
    state.pos += 2
    return True


def _html(state: StateInline, silent: bool) -> bool:
    """Parse the `<` of a tag, a comment or an address in angle brackets: the tree holds none, the rest is text."""
    if state.src[state.pos] != "<" or not _HTML.match(state.src, state.pos):
        return False
    if not silent:
        token = state.push("refused", "", 0)
        token.content, token.meta["key"] = "<", "bank.markdown_html"
    state.pos += 1
    return True


def cells(row: str) -> int:
    """Count the cells of a table's row."""
    row = row.strip().removeprefix("|")
    ends = len(re.findall(r"(?<!\\)\|", row))
    return ends if re.search(r"(?<!\\)\|$", row) else ends + 1


def _narrow(rule: Callable[[StateBlock, int, int, bool], bool]) -> Callable[[StateBlock, int, int, bool], bool]:
    """Wrap the rule for tables: it reads those of at most `MAX_COLUMNS` columns."""

    def narrow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end or cells(state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]) > MAX_COLUMNS:
            return False
        return rule(state, start, end, silent)

    return narrow
