"""`llmprep check --watch`: checks a file again whenever it is saved."""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import typer

from llmprep.cli.errors import complain
from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import text
from llmprep.cli.streams import abandoned
from llmprep.errors import BankError, EnvironmentFault, LlmprepError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from llmprep.sandbox.process import Worker

PAUSE = 0.2
"""Seconds between two looks at the file."""


def watch_file(path: Path, show: Callable[[Callable[[], Worker]], object]) -> None:
    """Check now, and again on each save, until `q` or Ctrl-C.

    A file is saved half done, taken away for a moment, its exercise edited: what is the matter is told, and the next
    save is waited for.

    Args:
        path: the file. An editor may replace it, or take it away for a moment.
        show: checks it with workers from the function it is given, and shows the report.

    Raises:
        UsageError: there is no such file at the start, or no terminal.
        EnvironmentFault: no process can be started.
    """
    from llmprep.sandbox import prestart
    from llmprep.sandbox.fork_server import ForkServer

    prestart.release()
    if not path.is_file():
        raise UsageError("common.no_such_file", path=path)
    if not sys.stdin.isatty():
        raise UsageError("check.watch_terminal")
    with _single_keys(), contextlib.ExitStack() as warm:
        start_worker = warm.enter_context(contextlib.closing(ForkServer())).start_worker
        for number in itertools.count(1):
            seen = _state(path)
            typer.echo(text("check.watch_turn", time=time.strftime("%H:%M:%S"), number=number), err=True)
            try:
                show(start_worker)
            except LlmprepError as error:
                _tell(error)
                if isinstance(error, EnvironmentFault):
                    # The fork server may be gone: the next save gets a new one.
                    warm.close()
                    start_worker = warm.enter_context(contextlib.closing(ForkServer())).start_worker
            if abandoned():
                return
            typer.echo(text("check.watching", path=path), err=True)
            if not _wait(path, seen):
                return


def _tell(error: LlmprepError) -> None:
    """Say what kept the file from being checked."""
    from llmprep.messages.say import explain
    from llmprep.ui.problems import print_problems

    if isinstance(error, BankError):
        print_problems(error.problems, LANGUAGE)
    else:
        complain(partial(explain, error))


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced; None while it is away."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _wait(path: Path, seen: tuple[int, int, int] | None) -> bool:
    """Wait for a save or a key; False to stop. That the file is gone is told once, and its return counts as a save."""
    while True:
        if select.select([sys.stdin], [], [], PAUSE)[0]:
            # Not through sys.stdin, which would take keys pressed together out of select's sight.
            key = os.read(sys.stdin.fileno(), 1)
            if key in (b"q", b""):
                return False
            if key == b"r":
                return True
        now = _state(path)
        if now != seen:
            # Let the editor finish: look again once the file has stopped changing.
            time.sleep(PAUSE)
            if _state(path) != now:
                continue
            if now is not None:
                return True
            seen = None
            typer.echo(text("check.watch_gone", path=path), err=True)


@contextlib.contextmanager
def _single_keys() -> Iterator[None]:
    """Read keys as they are pressed, without Enter; the terminal is put back as it was."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
