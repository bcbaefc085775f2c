"""Consoles: data goes to standard output, messages to standard error."""

from __future__ import annotations

import os
import re
import sys
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from rich.console import Console


def console(*, plain: bool = False, stderr: bool = False) -> Console:
    """Make a console that honours `NO_COLOR`, `TERM=dumb` and `--plain`; its `legacy` is never needed here."""
    from rich.console import Console

    stream: IO[str] = sys.stderr if stderr else sys.stdout
    if not stream.isatty():
        stream = cast("IO[str]", _Trimmed(stream))
    plain = plain or os.environ.get("TERM") == "dumb"
    return Console(
        file=stream,
        highlight=False,
        emoji=False,
        markup=False,
        no_color=True if plain else None,
        color_system=None if plain else "auto",
        soft_wrap=False,
    )


class _Trimmed:
    """A stream of text without the blanks by which lines are filled up to the console's width."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write whole lines trimmed; what follows the last line break stays as it is, such as a prompt."""
        return self._stream.write(re.sub(" +(?=\n)", "", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
