"""What a long operation is doing, or how far it is: one line on standard error, in a terminal, once it takes long.

rich draws the line; it is imported only then.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Self, TextIO

from llmprep.messages.say import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Timer

    from rich.console import Console
    from rich.live import Live
    from rich.progress import Progress as Bar

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


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


class Progress:
    """Called with how many are done and how many there are; takes its line away at the end."""

    def __init__(
        self, key: str, stream: TextIO, language: Language, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Show the message `key`, with its facts `done` and `total`, on `stream` when half a second has passed."""
        self._key = key
        self._stream = stream
        self._language = language
        self._clock = clock
        self._next = clock() + PATIENCE
        self._bar: Bar | None = None
        self._can_overwrite = can_overwrite(stream)

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if not self._can_overwrite:
            return
        if done == total:
            self.clear()
        elif self._clock() >= self._next:
            words = say(self._key, self._language, done=done, total=total)
            if self._bar is None:
                self._bar = self._made()
                self._bar.add_task(words, total=total)
                self._bar.start()
                self._bar.console.show_cursor()  # which nobody would bring back if this process were killed
            self._bar.update(self._bar.task_ids[0], completed=done, description=words)
            self._bar.refresh()
            self._next = self._clock() + PAUSE

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _made(self) -> Bar:
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        return Bar(
            BarColumn(BAR),
            TextColumn("{task.description}", markup=False),
            console=_console(self._stream),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )


class Notice:
    """A line that is shown while a `with` block takes long, and gone when it ends."""

    def __init__(self, line: str, stream: TextIO, *, patience: float = PATIENCE) -> None:
        """Show `line` on `stream` when `patience` seconds have passed."""
        from threading import Lock

        self._line = line
        self._stream = stream
        self._patience = patience
        self._lock = Lock()
        self._timer: Timer | None = None
        self._live: Live | None = None

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
            if self._live is not None:
                self._live.stop()
                self._live = None

    def _show(self) -> None:
        from rich.live import Live
        from rich.text import Text

        console = _console(self._stream)
        line = Text(self._line, no_wrap=True, overflow="ellipsis")
        live = Live(
            line,
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        with self._lock:
            if self._timer is not None:
                live.start(refresh=True)
                console.show_cursor()
                self._live = live
