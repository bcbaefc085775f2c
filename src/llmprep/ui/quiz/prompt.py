"""Reads lines from a terminal. What can be said at every prompt is an exception, so that no prompt forgets it."""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Leave(Exception):
    """`q`, or the end of input."""


class Skip(Exception):
    """`s`: pass this question over."""


class Undo(Exception):
    """`u`: cancel the rating given last."""


_WISHES: dict[str, type[Exception]] = {"q": Leave, "s": Skip, "u": Undo}


class Prompter:
    """Asks for lines.

    Args:
        show_help: prints what can be said.
        editing: whether the line may be edited with the cursor keys, for which the terminal's cursor is moved.
    """

    def __init__(self, show_help: Callable[[], None], *, editing: bool) -> None:
        self._show_help = show_help
        self._editing = editing and _has_readline()

    def line(self, prompt: str) -> str:
        """One answer to a prompt, without its line's end. A paste may hold several lines.

        Raises:
            Leave, Skip, Undo: that was asked for instead.
            KeyboardInterrupt: Ctrl-C.
        """
        while True:
            line = self._read(prompt)
            word = short(line)
            if word == "?":
                self._show_help()
            elif word in _WISHES:
                raise _WISHES[word]
            else:
                return line

    def _read(self, prompt: str) -> str:
        sys.stdout.flush()
        try:
            line = input(prompt) if self._editing else _plain_line(prompt)
        except EOFError:
            print()  # noqa: T201  (the shell's prompt begins on a line of its own)
            raise Leave from None
        # Bytes that are no text in the terminal's encoding could not be kept.
        return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def short(line: str) -> str:
    """A line as a command: case, width and outer space do not matter, so that Chinese input methods may stay on."""
    return unicodedata.normalize("NFKC", line).strip().lower()


def _plain_line(prompt: str) -> str:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def _take_whole_characters() -> None:
    """Where the user's locale is not installed, take UTF-8 all the same, as Python does: readline would edit bytes."""
    import locale

    if locale.setlocale(locale.LC_CTYPE) == "C":
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def _has_readline() -> bool:
    _take_whole_characters()
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)
    return True
