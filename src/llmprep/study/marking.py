"""Which key points a typed answer seems to make: a suggestion for the reader to tick, never a grade.

A phrase is words in a row, whatever their case; ` + ` asks for all of its parts, anywhere; a trailing `*` matches any
ending. Where a phrase begins or ends in a Latin letter or a digit, a word of the answer does so too; Chinese is looked
for as it stands, and spaces beside Chinese characters count for nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.model import KeyPoint, Question

_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD = rf"[^\W_{_CJK}]"
"""A character of a word: a letter or digit of any script that writes words apart."""
_GAP = r"[\s\-\u2010-\u2015\u2212_]+"
"""What stands between the words of a phrase: white space, a line break, a hyphen."""

# Full-width forms and typographic apostrophes count as the plain ones; one character for one, so that spans hold.
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x2018: 0x27, 0x2019: 0x27, 0x3000: 0x20}


class Likely(NamedTuple):
    """A key point that a typed answer seems to make."""

    key_point: str
    """Its id."""
    spans: tuple[tuple[int, int], ...]
    """Where the answer seems to say it: begin and end of each part, in the order of the phrase."""
    words: tuple[str, ...]
    """What stands there."""


def mark(answer: str, key_points: Sequence[KeyPoint]) -> tuple[Likely, ...]:
    """The key points an answer seems to make, in the rubric's order, each by the first of its phrases that is found.

    Phrases of both languages are tried, since a Chinese answer holds English terms.
    """
    found = []
    for point in key_points:
        for phrase in (*point.match.en, *point.match.zh):
            if spans := find(phrase, answer):
                found.append(Likely(point.id, spans, tuple(answer[begin:end] for begin, end in spans)))
                break
    return tuple(found)


class Missed(NamedTuple):
    """A key point that a question's own model answer does not make, as far as marking can tell."""

    place: int
    """Which of the key points, from 0."""
    key_point: str
    """Its id."""
    language: str
    """`en` or `zh`."""
    phrases: tuple[str, ...]
    """What was looked for; empty if there is nothing to look for."""


def missed(question: Question) -> tuple[Missed, ...]:
    """The key points that the model answer misses in either language: phrases that it fails would fail a reader too."""
    return tuple(
        Missed(place, point.id, language, phrases)
        for place, point in enumerate(question.key_points)
        for language, phrases, answer in (
            ("en", point.match.en, question.answer.en),
            ("zh", point.match.zh, question.answer.zh),
        )
        if not any(find(phrase, answer) for phrase in phrases)
    )


def find(phrase: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where each part of a phrase first stands in a text; nothing unless all parts do."""
    plain = text.translate(_PLAIN)
    hits = [pattern.search(plain) for pattern in _patterns(phrase)]
    return tuple(hit.span() for hit in hits if hit) if all(hits) else ()


@lru_cache(maxsize=4096)
def _patterns(phrase: str) -> tuple[re.Pattern[str], ...]:
    # A gap is looked for only where it begins: a long one is not tried again from its middle.
    around = rf"\A{_GAP}|(?<!{_GAP.removesuffix('+')}){_GAP}\Z"
    parts = (re.sub(around, "", part) for part in phrase.translate(_PLAIN).split(" + "))
    return tuple(_pattern(part) for part in parts if part.strip("*"))


def _pattern(part: str) -> re.Pattern[str]:
    """A pattern for words in a row; possessive, so that what was typed is gone over once for each place to begin."""
    # Runs of Chinese and the words between them; a gap in the phrase is a piece of its own.
    pieces = re.findall(rf"[{_CJK}]|\*|{_GAP}|(?:(?!{_GAP})[^{_CJK}*])+", part)
    pattern = ""
    last_was_cjk = True
    for index, piece in enumerate(pieces):
        cjk = re.match(rf"[{_CJK}]", piece) is not None
        if piece == "*":
            pattern += f"{_WORD}*+"
            continue
        if re.fullmatch(_GAP, piece):
            following = pieces[index + 1]
            beside_cjk = last_was_cjk or re.match(rf"[{_CJK}]", following)
            pattern += _GAP.replace("+", "*+") if beside_cjk else f"{_GAP}+"
            continue
        if index and (cjk or last_was_cjk):
            pattern += r"\s*+"
        if not cjk and re.match(_WORD, piece):
            pattern += rf"(?<!{_WORD})"
        pattern += re.escape(piece)
        if not cjk and re.search(rf"{_WORD}\Z", piece) and pieces[index + 1 : index + 2] != ["*"]:
            pattern += rf"(?!{_WORD})"
        last_was_cjk = cjk
    return re.compile(pattern, re.IGNORECASE)
