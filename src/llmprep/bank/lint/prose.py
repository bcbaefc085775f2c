"""Rules for prose, over its tree: Markdown stays within the subset, and both languages are what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llmprep.content.markup import Paragraph
from llmprep.content.parser import Parsed, parse
from llmprep.content.parser_rules import CHINESE as _CHINESE
from llmprep.content.parser_rules import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from llmprep.bank.lint.node import Node
    from llmprep.content.markup import Blocks

_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z]{2,}")

SAME_WORDS = 3
"""Words of Latin letters that a Chinese text without Chinese may hold: `Adam`, `Mixed precision`."""
MOST_CHINESE = 50
"""An English text may hold one Chinese character in so many: the very thing spoken of."""


def lint_prose(item: Node) -> dict[str, Blocks]:
    """Record the problems of every `{en, zh}` pair of an item or of `topics.yaml`.

    Returns:
        The tree of each text, by the text's path.
    """
    ids = [source.at("id").text for source in item.at("sources").each()]
    sources = {name: number for number, name in enumerate(ids, 1) if name}
    trees: dict[str, Blocks] = {}
    _lint_below(item, sources, trees)
    return trees


def _lint_below(field: Node, sources: Mapping[str, int], trees: dict[str, Blocks]) -> None:
    for below in (*field.fields(), *field.each()):
        _lint_below(below, sources, trees)
    for language in ("en", "zh"):
        text = field.at(language)
        if isinstance(text.value, str):
            parsed = parse(text.text, sources)
            trees[text.path] = parsed.blocks
            if field.path.rpartition(".")[2] == "title" and not all(isinstance(b, Paragraph) for b in parsed.blocks):
                text.refuse("bank.title_markup")
            for fault in faults(parsed, language):
                text.refuse(fault.key, offset=fault.line, **fault.facts)


def faults(parsed: Parsed, language: str) -> Iterator[Fault]:
    """Yield the faults of a text in one language (`en` or `zh`)."""
    yield from parsed.faults
    yield from _not_chinese(parsed) if language == "zh" else _not_english(parsed)


def _not_chinese(parsed: Parsed) -> Iterator[Fault]:
    """Yield a fault if a sentence is not in Chinese; a name or a number may be the same in both languages."""
    texts = [words.text for words in parsed.words]
    if sum(len(_WORD.findall(text)) for text in texts) > SAME_WORDS and not any(map(_IDEOGRAPH.search, texts)):
        yield Fault(0, "bank.zh_not_chinese", {})


def _not_english(parsed: Parsed) -> Iterator[Fault]:
    """Yield a fault for Chinese in English text, beyond the few characters that the text may be about."""
    found = [(words.line, run) for words in parsed.words if (run := "".join(_CHINESE.findall(words.text)))]
    characters = "".join(run for _, run in found)
    length = sum(words.length for words in parsed.words)
    if len(characters) > max(4, length // MOST_CHINESE) or (characters and not _IDEOGRAPH.search(characters)):
        yield Fault(found[0][0], "bank.en_not_english", {"characters": characters[:8]})
