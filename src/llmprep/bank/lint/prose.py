"""Rules for prose: both languages are what they say, and Markdown keeps to the subset that every renderer agrees on."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from llmprep.content.inline_scanner import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmprep.bank.lint.field import Field

_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WORD = re.compile(r"[A-Za-z]{2,}")

# Possessive, here and below, where a run could be taken up by two parts of a pattern: each way to divide it would be
# tried.
_DISPLAY = re.compile(r"\s*+(```+|~~~+|\$\$)(.*)")
_ITEM = re.compile(r"\s*+(?:[-+*]|\d{1,9}[.)])\s")
_STRONG = re.compile(r"\*\*(?=[^*])(.+?)\*\*", re.DOTALL)
_EMPHASIS = re.compile(r"\*(?=[^*])(.+?)\*", re.DOTALL)
_LIST_ASTERISK = re.compile(r"(?:(?<=\s)|^)\*(?=\s)", re.MULTILINE)
"""An asterisk between spaces is an asterisk; at the beginning of a line it is a list's, which has a rule of its own."""

_CODE, _MATH, _EDGE = "\x00", "\x01", "\x02"
"""What stands for code, formulas and asterisks that have been understood. All count as punctuation beside emphasis."""
_MASKS = {"code": _CODE, "math": _MATH, "escape": "."}

SAME_WORDS = 3
"""Words of Latin letters that a Chinese text without Chinese may hold: `Adam`, `Mixed precision`."""

_LINE_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" {0,3}#{1,6}(?:\s|$)"), "bank.markdown_heading"),
    (re.compile(r" {0,3}(?:=++|--++|(?:[*] ?){3,}+|(?:_ ?){3,}+|(?:- ?){3,}+)\s*+$"), "bank.markdown_rule"),
    (re.compile(r"\s*+\|?[ :]*+-++[ :]*+\|[ |:-]*+$"), "bank.markdown_table"),
    (re.compile(r" {0,3}>"), "bank.markdown_quote"),
    (re.compile(r"\s{2,}+(?:[-+*]|\d{1,9}[.)])\s"), "bank.markdown_nested_list"),
    (re.compile(r"\s?(?:[+*]|\d{1,9}\))\s"), "bank.markdown_marker"),
)
_INLINE_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\["), "bank.markdown_image"),
    (re.compile(r"<[A-Za-z/!?][^<>]*>"), "bank.markdown_html"),
    (re.compile(r"(?<![\w_])__?(?=[^\s_])[^_\n]*[^\s_]__?(?![\w_])"), "bank.markdown_underscore"),
)


class Fault(NamedTuple):
    """Something wrong in a text: on which of its lines, from 0."""

    offset: int
    key: str
    facts: dict[str, object]


def lint_prose(field: Field) -> None:
    """Note what is wrong with every `{en, zh}` pair at or below a field."""
    for below in (*field.fields(), *field.each()):
        lint_prose(below)
    for language in ("en", "zh"):
        text = field.at(language)
        if text.text.strip():
            for fault in faults(text.text, language):
                text.refuse(fault.key, offset=fault.offset, **fault.facts)


def faults(text: str, language: str) -> Iterator[Fault]:
    """What is wrong with a text in one language (`en` or `zh`)."""
    lines, wrong = _without_displays(text.rstrip("\n").split("\n"))
    yield from wrong
    prose: list[tuple[int, str]] = []
    for offset, block in _blocks(lines):
        bare, wrong = _strip_inline(block, language)
        yield from (fault._replace(offset=offset + fault.offset) for fault in wrong)
        prose.append((offset, bare))
    if language == "zh":
        yield from _not_chinese(prose)
    else:
        yield from _not_english(prose)


def _not_chinese(prose: list[tuple[int, str]]) -> Iterator[Fault]:
    """A name or a number may be the same in both languages; a sentence is not."""
    words = sum(len(_WORD.findall(bare)) for _, bare in prose)
    if words > SAME_WORDS and not any(_IDEOGRAPH.search(bare) for _, bare in prose):
        yield Fault(0, "bank.zh_not_chinese", {})


def _not_english(prose: list[tuple[int, str]]) -> Iterator[Fault]:
    """A few characters may be the very thing spoken of; full-width punctuation alone is a slip."""
    found = [(offset, "".join(_CHINESE.findall(bare))) for offset, bare in prose if _CHINESE.search(bare)]
    characters = "".join(run for _, run in found)
    length = sum(len(bare) for _, bare in prose)
    if len(characters) > max(4, length // 50) or (characters and not _IDEOGRAPH.search(characters)):
        yield Fault(found[0][0], "bank.en_not_english", {"characters": characters[:8]})


def _without_displays(lines: list[str]) -> tuple[list[str], list[Fault]]:
    """The lines with those of fenced code and `$$` blocks made empty, and what is wrong with these."""
    wrong: list[Fault] = []
    bare: list[str] = []
    closing, opened = "", 0
    for offset, line in enumerate(lines):
        found = _DISPLAY.fullmatch(line)
        mark = (found[1], found[2].strip()) if found else None
        if closing:
            bare.append("")
            if mark and mark[0].startswith(closing) and not mark[1]:
                if closing == "$$" and "".join(lines[offset + 1 : offset + 2]).strip():
                    wrong.append(Fault(offset, "bank.math_blank_lines", {}))
                closing = ""
        elif mark and not (mark[0] == "$$" and mark[1]):
            if mark[0] == "$$" and bare and bare[-1].strip():
                wrong.append(Fault(offset, "bank.math_blank_lines", {}))
            closing, opened = mark[0], offset
            bare.append("")
        else:
            bare.append(line)
    if closing:
        wrong.append(Fault(opened, "bank.math_block_open" if closing == "$$" else "bank.fence_open", {}))
    return bare, wrong


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Paragraphs and list items: runs of lines that are not empty, each with the offset of its first line."""
    run: list[str] = []
    for offset, line in enumerate([*lines, ""]):
        if run and (not line.strip() or _ITEM.match(line)):
            yield offset - len(run), "\n".join(run)
            run = []
        if line.strip():
            run.append(line)


def _strip_inline(text: str, language: str) -> tuple[str, list[Fault]]:
    """A block of prose without its code and formulas, and what is wrong with it."""
    wrong: list[Fault] = []
    ends = [found.start() for found in re.finditer("\n", text)]

    def note(position: int, key: str, **facts: object) -> None:
        wrong.append(Fault(bisect_left(ends, position), key, facts))

    # Masked character by character, so that every position is still the text's.
    pieces, at = [], 0
    for found in marks(text):
        if found.kind not in _MASKS:
            continue
        if found.kind == "math" and language == "zh":
            around = text[max(found.start - 1, 0) : found.start] + text[found.end : found.end + 1]
            if _CHINESE.search(around):
                note(found.start, "bank.math_spaces", formula=text[found.start : found.end])
        pieces += [text[at : found.start], re.sub(r"[^\n]", _MASKS[found.kind], text[found.start : found.end])]
        at = found.end
    bare = "".join([*pieces, text[at:]])
    for mark, key in (("`", "bank.backtick"), ("$$", "bank.math_not_alone"), ("$", "bank.dollar")):
        if mark in bare:
            note(bare.index(mark), key)
            bare = bare.replace(mark, "." * len(mark))
    for offset, line in enumerate(bare.split("\n")):
        wrong += [Fault(offset, key, {}) for pattern, key in _LINE_RULES if pattern.match(line)]
    for pattern, key in _INLINE_RULES:
        for match in pattern.finditer(bare):
            note(match.start(), key)
    for position, key in _emphasis(bare):
        note(position, key, text=text[position : position + 20].split("\n", maxsplit=1)[0])
    return bare.replace(_CODE, " ").replace(_MATH, " "), wrong


def _emphasis(bare: str) -> Iterator[tuple[int, str]]:
    """Where an asterisk stands that CommonMark does not read as emphasis."""
    bare = _LIST_ASTERISK.sub(" ", bare)
    for width, pattern in ((2, _STRONG), (1, _EMPHASIS)):
        for found in pattern.finditer(bare):
            start, end = found.span()
            before, after = bare[max(start - 1, 0) : start], bare[end : end + 1]
            if not (_opens(before, bare[start + width]) and _opens(after, bare[end - width - 1])):
                yield start, "bank.emphasis_literal"
        bare = pattern.sub(lambda found: _EDGE + found[0][1:-1].replace("*", _EDGE) + _EDGE, bare)
    if "*" in bare:
        yield bare.index("*"), "bank.asterisk"


def _opens(outside: str, inside: str) -> bool:
    """Whether an asterisk between these two characters opens (or, mirrored, closes) emphasis."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return character in (_CODE, _MATH, _EDGE) or category(character)[0] in "PS"
