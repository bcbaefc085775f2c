"""Consoles: data goes to standard output, messages to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(*, plain: bool = False, stderr: bool = False) -> Console:
    """A console that honours `NO_COLOR`, `TERM=dumb` and `--plain`; its `legacy` is never needed here."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
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
