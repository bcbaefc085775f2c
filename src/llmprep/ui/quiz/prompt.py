"""Reads lines from a terminal."""

from __future__ import annotations

import contextlib
import sys
import unicodedata


class Prompter:
    """Asks for lines.

    Args:
        editing: whether the line may be edited with the cursor keys, for which the terminal's cursor is moved.
    """

    def __init__(self, *, editing: bool) -> None:
        self._editing = editing and _has_readline()

    def line(self, prompt: str) -> str | None:
        """Read one line, without its end; a paste may hold several.

        Returns:
            The line; None at the end of input.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        sys.stdout.flush()
        try:
            line = input(prompt) if self._editing else _plain_line(prompt)
        except EOFError:
            print()  # noqa: T201  (the shell's prompt begins on a line of its own)
            return None
        # Bytes that are not text in the terminal's encoding could not be stored.
        return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def short(line: str) -> str:
    """Fold a line to a command: case, width and outer space are ignored, so that Chinese input methods may stay on."""
    return unicodedata.normalize("NFKC", line).strip().lower()


def _plain_line(prompt: str) -> str:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def _take_whole_characters() -> None:
    """Use UTF-8 where the user's locale is not installed, as Python does; readline would edit single bytes."""
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
