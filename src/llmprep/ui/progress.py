"""How far something long has come: one line on standard error, in a terminal, once it takes long."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, TextIO

from llmprep.ui.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.model import Language

PATIENCE = 0.5
"""Seconds that pass before anything is shown."""
PAUSE = 0.1
"""Seconds between two changes of the line."""
BAR = 20
"""Columns of the bar."""


class Progress:
    """Called with how many are done and how many there are; takes its line away at the end."""

    def __init__(
        self, key: str, stream: TextIO, language: Language, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._key = key
        self._stream = stream
        self._language = language
        self._clock = clock
        self._next = clock() + PATIENCE
        self._wide = 0
        self._can_overwrite = stream.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if not self._can_overwrite:
            return
        if done == total:
            self.clear()
        elif self._clock() >= self._next:
            filled = BAR * done // total
            bar = "█" * filled + "░" * (BAR - filled)
            line = f"{bar} {say(self._key, self._language, done=done, total=total)}"
            self._wide = 2 * len(line)  # Chinese characters are two columns wide
            self._stream.write("\r" + line)
            self._stream.flush()
            self._next = self._clock() + PAUSE

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._wide:
            self._stream.write("\r" + " " * self._wide + "\r")
            self._stream.flush()
            self._wide = 0
