"""`llmprep check --watch`: checks a file again whenever it is saved."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from typing import TYPE_CHECKING

import typer

from llmprep.cli.options import text
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from llmprep.sandbox.launch import Worker

PAUSE = 0.2
"""Seconds between two looks at the file."""


def watch_file(path: Path, show: Callable[[Callable[[], Worker]], object]) -> None:
    """Check now, and again on each save, until `q` or Ctrl-C.

    Args:
        path: the file. An editor may replace it, or take it away for a moment.
        show: checks it with workers from the function it is given, and shows the report.

    Raises:
        UsageError: there is no such file at the start.
    """
    from llmprep.sandbox.launch import Nursery

    if not path.is_file():
        raise UsageError("common.no_such_file", path=path)
    nursery = Nursery()
    try:
        with _single_keys():
            while True:
                seen = _state(path)
                show(nursery.worker)
                typer.echo(text("check.watching", path=path), err=True)
                if not _wait(path, seen):
                    return
    finally:
        nursery.close()


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced; None while it is away."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _wait(path: Path, seen: tuple[int, int, int] | None) -> bool:
    """Wait for a save or a key; False to stop."""
    interactive = sys.stdin.isatty()
    while True:
        if interactive and select.select([sys.stdin], [], [], PAUSE)[0]:
            key = sys.stdin.read(1)
            if key in ("q", ""):
                return False
            if key == "r":
                return True
        elif not interactive:
            time.sleep(PAUSE)
        now = _state(path)
        if now is not None and now != seen:
            # Let the editor finish: look again once the file has stopped changing.
            time.sleep(PAUSE)
            if _state(path) == now:
                return True


@contextlib.contextmanager
def _single_keys() -> Iterator[None]:
    """Read keys as they are pressed, without Enter; the terminal is put back as it was."""
    if not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
