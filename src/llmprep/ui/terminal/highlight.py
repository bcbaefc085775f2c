"""Colours Python in a terminal, by its words alone: pygments would cost more than the command that shows the code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text


@cache
def _python() -> re.Pattern[str]:
    """The words of Python that have a colour, each group named by its style."""
    from keyword import kwlist

    # A string that nothing closes is one to the end of its line: to look for its end again from each quote in it would
    # take time that grows as the square of the line.
    return re.compile(
        rf"""(?P<green>[rRbBfFuU]{{0,2}}(?:\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|"(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?))
        |(?P<dim>\#[^\n]*)
        |(?:(?<=def\s)|(?<=class\s))(?P<bold>\w+)
        |\b(?P<magenta>{"|".join(kwlist)})\b
        |\b(?P<blue>\d[\w.]*(?:(?<=[eE])[-+]\d+)?)""",
        re.VERBOSE | re.DOTALL,
    )


def code_lines(text: str, language: str, *, colour: bool) -> Iterator[Text]:
    """The lines of a piece of code; Python's are coloured where `colour` is."""
    from rich.text import Text

    drawn = Text(text)
    if colour and language in {"python", "py"}:
        for match in _python().finditer(text):
            drawn.stylize(match.lastgroup or "", match.start(), match.end())
    yield from drawn.split("\n", allow_blank=True)
