"""Which characters of Python code have which colour, by Pygments: worked out once, when an item is compiled.

Loading Pygments and its regular expressions takes some 30 ms; drawing the spans that it found takes none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pygments.lexers.python import PythonLexer

Span = tuple[int, int, str]
"""From which character to which, and the style: one of `STYLES`."""
Spans = tuple[Span, ...]

STYLES = {"s": "green", "c": "dim", "k": "magenta", "n": "blue", "d": "bold"}
"""What each letter stands for: strings, comments, keywords, numbers, and the names that `def` and `class` define."""
_DEFINING = frozenset({"def", "class"})
PYTHON = frozenset({"python", "py"})


@cache
def _lexer() -> PythonLexer:
    from pygments.lexers.python import PythonLexer

    return PythonLexer()


@cache
def _letter(kind: Any) -> str:
    """Return the style of a token type of Pygments; nothing where it has none."""
    from pygments.token import Comment, Keyword, Number, Operator, String

    styled = ((String, "s"), (Comment, "c"), (Keyword, "k"), (Operator.Word, "k"), (Number, "n"))
    return next((letter for parent, letter in styled if kind in parent), "")


def spans(code: str, language: str = "python") -> Spans:
    """Find the coloured spans of code, neighbours of one style made one; none of another language than Python."""
    if language not in PYTHON:
        return ()
    found: list[Span] = []
    before = ""
    for start, kind, text in _lexer().get_tokens_unprocessed(code):
        # Pygments has one type for `__init__` where it is defined and where it is called.
        letter = "d" if before in _DEFINING and text.strip() else _letter(kind)
        before = text if text.strip() else before
        if not letter:
            continue
        if found and found[-1][1] == start and found[-1][2] == letter:
            found[-1] = (found[-1][0], start + len(text), letter)
        else:
            found.append((start, start + len(text), letter))
    return tuple(found)


def from_data(data: Sequence[Sequence[Any]]) -> Spans:
    """Return spans as JSON keeps them: lists."""
    return tuple([(start, end, letter) for start, end, letter in data])
