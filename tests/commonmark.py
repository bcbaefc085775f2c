"""What a CommonMark parser sees in a text, in the terms of `llmprep.content.markup`, for comparing the two."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from llmprep.content.markup import Fence, Formula, Kind, List, Paragraph, Table
from llmprep.content.parser import parse as parsed
from llmprep.export.formula import display, portable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from llmprep.content.markup import Block

Seen = list[tuple[str, str]]

_NAMES = {
    "strong_open": "strong on", "strong_close": "strong off", "em_open": "emphasis on", "em_close": "emphasis off",
    "link_close": "link off",
}  # fmt: skip
_KINDS = {
    Kind.STRONG_ON: "strong on", Kind.STRONG_OFF: "strong off", Kind.EMPHASIS_ON: "emphasis on",
    Kind.EMPHASIS_OFF: "emphasis off", Kind.LINK_OFF: "link off",
}  # fmt: skip


def parse(text: str) -> list[Token]:
    """The tokens of a document, in CommonMark mode, with tables."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def seen(text: str) -> Seen:
    """What the parser sees: blocks, marks, code, links, and words without their spaces."""
    found: Seen = []
    for token in parse(text):
        if token.type in {
            "bullet_list_open",
            "ordered_list_open",
            "list_item_open",
            "heading_open",
            "html_block",
            "hr",
        }:
            found.append(
                (token.type.removesuffix("_open"), (token.attrGet("start") and str(token.attrGet("start"))) or "")
            )
        elif token.type == "fence":
            found.append(("fence", f"{token.info}\n{token.content}".rstrip("\n")))
        elif token.type in {"th_open", "td_open"}:
            found.append(("cell", str(token.attrGet("style") or "").removeprefix("text-align:")))
        elif token.type in {"code_block", "blockquote_open"}:
            found.append((token.type, token.content))
        for child in token.children or ():
            found += _inline(child)
    return _joined(found)


def _inline(token: Token) -> Seen:
    if token.type in {"text", "softbreak"}:
        return [("words", token.content)]
    if token.type == "code_inline":
        return [("code", token.content)]
    if token.type == "link_open":
        return [("link on", str(token.attrGet("href")))]
    return [(_NAMES.get(token.type, token.type), token.content if token.type == "html_inline" else "")]


def meant(source: str) -> Seen:
    """What a text in the bank's Markdown means, in the same terms; formulas as the export spells them."""
    return _joined(_meant(parsed(source).blocks))


def _meant(blocks: Iterable[Block]) -> Seen:
    found: Seen = []
    for block in blocks:
        match block:
            case Paragraph(tokens):
                found += [_token(token.kind, token.text) for token in tokens]
            case List(start, items):
                number = str(start) if start is not None and start != 1 else ""
                found.append(("bullet_list" if start is None else "ordered_list", number))
                for item in items:
                    found += [("list_item", ""), *_meant(item)]
            case Fence(language, text):
                found.append(("fence", f"{language}\n{text}".rstrip("\n")))
            case Formula(latex):
                found.append(("words", f"$${display(latex)}$$"))
            case Table(align, head, rows):
                for row in (head, *rows):
                    for side, cell in zip(align, row, strict=True):
                        found += [("cell", side), *(_token(token.kind, token.text) for token in cell)]
    return found


def _token(kind: Kind, text: str) -> tuple[str, str]:
    if kind is Kind.MATH:
        return "words", f"${portable(text)}$"
    if kind is Kind.LINK_ON:
        return "link on", text
    return (_KINDS[kind], "") if kind in _KINDS else ("code" if kind is Kind.CODE else "words", text)


def _joined(found: Seen) -> Seen:
    """Neighbouring words as one, without spaces: the export may put some in."""
    joined: Seen = []
    for kind, text in found:
        tight = re.sub(r"\s+", "", text) if kind == "words" else text
        if kind == "words" and joined and joined[-1][0] == "words":
            joined[-1] = ("words", joined[-1][1] + tight)
        elif kind != "words" or tight:
            joined.append((kind, tight))
    # Bold in emphasis looks as emphasis in bold does where both begin or end together: one order stands for both.
    return [mark for _, run in groupby(joined, _side) for mark in sorted(run)]


def _side(mark: tuple[str, str]) -> object:
    """Equal for marks that may change places with their neighbours."""
    return mark[0].split()[-1] if mark[0] in _KINDS.values() and mark[0] != "link off" else mark
