"""What something long is at, or how far: one line on standard error, in a terminal, once it takes long."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Self, TextIO

from llmprep.messages.say import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Timer

    from llmprep.model import Language

PATIENCE = 0.5
"""Seconds that pass before anything is shown."""
PAUSE = 0.1
"""Seconds between two changes of the line."""
BAR = 20
"""Columns of the bar."""


def can_overwrite(stream: TextIO) -> bool:
    """Whether a line can be taken away again."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


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
        self._can_overwrite = can_overwrite(stream)

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


class Notice:
    """A line that is shown while a `with` block takes long, and gone when it ends."""

    def __init__(self, line: str, stream: TextIO, *, patience: float = PATIENCE) -> None:
        from threading import Lock

        self._line = line
        self._stream = stream
        self._patience = patience
        self._lock = Lock()
        self._timer: Timer | None = None
        self._wide = 0

    def __enter__(self) -> Self:
        from threading import Timer

        if can_overwrite(self._stream):
            self._timer = Timer(self._patience, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away for good, so that something else can be written."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._wide:
                self._stream.write("\r" + " " * self._wide + "\r")
                self._stream.flush()
                self._wide = 0

    def _show(self) -> None:
        from shutil import get_terminal_size

        from llmprep.ui.terminal.wrap import width_of

        # A line that is broken in two cannot be taken away.
        room = get_terminal_size().columns - 1
        line = self._line
        while width_of(line) > room:
            line = line[:-1]
        with self._lock:
            if self._timer is not None:
                self._stream.write("\r" + line)
                self._stream.flush()
                self._wide = width_of(line)
