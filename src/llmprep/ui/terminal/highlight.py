"""Code as lines of styled text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.content.highlight import STYLES, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from llmprep.content.highlight import Spans


def code_lines(text: str, language: str, colours: Spans = (), *, colour: bool) -> Iterator[Text]:
    """Yield the lines of a piece of code.

    Args:
        text: the code.
        language: Python has colours, as far as `colour` is set.
        colours: its spans; without any, they are looked for here.
        colour: whether the terminal has colours.
    """
    from rich.text import Text

    drawn = Text(text)
    if colour:
        for start, end, letter in colours or spans(text, language):
            drawn.stylize(STYLES[letter], start, end)
    yield from drawn.split("\n", allow_blank=True)
