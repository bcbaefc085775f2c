"""The marks of inline Markdown, found from left to right in time that grows as the text does.

One scanner for all who look at the bank's prose: what the lint accepts, the renderers see. Code binds tightest, then
formulas and backslashes, then links, then stars, as in CommonMark.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["escape", "code", "math", "link", "close", "stars"]

# Every quantifier is possessive: a text is gone over once, whatever it holds.
_SPECIAL = re.compile(r"[\\`$\[\]]|\*++")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_TICKS = re.compile(r"`++")
_DOLLARS = re.compile(r"\$++")
_FORMULA = re.compile(r"\$(?!\s)((?:\\.|[^\\$`])++)(?<!\s)\$(?![$\d])", re.DOTALL)
_ADDRESS = re.compile(r"\(((?:[^()\s]++|\([^()\s]*+\))++)\)")


class Mark(NamedTuple):
    """A piece of a text that is more than its characters."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    """What an escape, code or a formula holds; of a link, its address."""


def marks(text: str) -> list[Mark]:
    """A text's marks in order.

    A `link` is its opening bracket, and the next `close` ends it, address and all; links do not nest. Brackets that
    make no link, and backticks and dollars without a partner, are no marks.
    """
    found: list[Mark | None] = []
    opened: list[tuple[int, int]] = []  # brackets that may yet begin a link: where in `found`, and where in the text
    runs = _runs(text)
    at = 0
    while special := _SPECIAL.search(text, at):
        start, at = special.span()
        mark: Mark | None = None
        if special[0] == "\\":
            if _PUNCTUATION.match(text, at):
                mark = Mark("escape", start, at + 1, text[at])
        elif special[0] == "`":
            mark, at = _code(text, start, runs)
        elif special[0] == "$":
            mark = _formula(text, start)
            at = mark.end if mark else _after(_DOLLARS, text, start)
        elif special[0] == "[":
            opened.append((len(found), start))
            found.append(None)
        elif special[0] == "]":
            mark = _close(text, at, opened, found)
        else:
            mark = Mark("stars", start, at)
        if mark is not None:
            found.append(mark)
            at = mark.end
    return [mark for mark in found if mark is not None]


def _runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks begin, by their length, the last first."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    for starts in runs.values():
        starts.reverse()
    return runs


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what begins at `at` ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _code(text: str, start: int, runs: dict[int, list[int]]) -> tuple[Mark | None, int]:
    """The code that a run of backticks opens, up to the next run as long; and where the opening run ends."""
    inside = _after(_TICKS, text, start)
    width = inside - start
    closing = runs.get(width, [])
    while closing and closing[-1] < inside:
        closing.pop()  # behind for good: the scan never goes back
    if not closing:
        return None, inside
    return Mark("code", start, closing[-1] + width, text[inside : closing[-1]]), inside


def _formula(text: str, start: int) -> Mark | None:
    """The formula that a single dollar opens."""
    found = _FORMULA.match(text, start)
    return Mark("math", start, found.end(), found[1]) if found else None


def _close(text: str, at: int, opened: list[tuple[int, int]], found: list[Mark | None]) -> Mark | None:
    """The end of a link whose closing bracket ends at `at`, its opening bracket having become a mark."""
    if not opened:
        return None
    place, start = opened.pop()
    address = _ADDRESS.match(text, at)
    if address is None or start + 1 == at - 1:
        return None
    found[place] = Mark("link", start, start + 1, address[1])
    opened.clear()  # a link holds no link, and none holds this one
    return Mark("close", at - 1, address.end())
