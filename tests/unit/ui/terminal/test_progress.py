"""Progress: shown late, seldom, in terminals only, and gone at the end."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading

import pytest

from llmprep.model import Language
from llmprep.ui.terminal.progress import Notice, Progress
from llmprep.ui.terminal.wrap import width_of

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def plain(text):
    """What is written, without colours and controls."""
    return re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", text)


def seen(text):
    """What is left on a terminal of one line, whose controls only erase the line or go up to it."""
    lines, at, column = [""], 0, 0
    for piece in re.findall(r"\x1b\[[?\d;]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", text):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            at, column = at + 1, 0
            lines += [""] * (at + 1 - len(lines))
        elif piece.endswith("[1A"):
            at -= 1
        elif piece.endswith("[2K"):
            lines[at] = ""
        elif not piece.startswith("\x1b"):
            lines[at] = lines[at][:column].ljust(column) + piece + lines[at][column + len(piece) :]
            column += len(piece)
    return "\n".join(lines).strip()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say yes."""
        return True


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self):
        """Tell the time that was set."""
        return self.now


@pytest.fixture(autouse=True)
def _term(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")


def run(stream, seconds_a_file, files=20):
    clock = Clock()
    progress = Progress("bank.compiling", stream, Language.EN, clock)
    for done in range(1, files + 1):
        clock.now += seconds_a_file
        progress(done, files)
    return stream.getvalue()


def test_a_short_compile_shows_nothing():
    """Half a second passes in silence."""
    assert run(Terminal(), 0.02) == ""


def test_a_long_compile():
    """Past half a second a line tells how far it is, and is wiped away at the end."""
    stream = Terminal()
    shown = run(stream, 0.06)
    assert shown.count("of 20 files") >= 6
    assert "━ Reading the bank: 9 of 20 files" in plain(shown)
    assert seen(shown) == ""
    assert shown.rfind(SHOW_CURSOR) > shown.rfind(HIDE_CURSOR)


def test_a_message_is_no_markup():
    """What a message holds in brackets is shown."""
    stream = Terminal()
    with Notice("Checking [b]it[/b].py", stream, patience=0.25):
        Alarm.last.goes_off()
        assert "Checking [b]it[/b].py" in plain(stream.getvalue())


def test_no_terminal(monkeypatch):
    """Nothing is shown where a line cannot be overwritten."""
    assert run(io.StringIO(), 1.0) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert run(Terminal(), 1.0) == ""


class Alarm:
    """A timer that goes off when a test says so, even after it was called off: it may have been under way by then."""

    daemon = False

    def __init__(self, seconds, action):
        self.seconds, self.goes_off = seconds, action

    def start(self):
        """Begin to wait."""
        Alarm.last = self

    def cancel(self):
        """Be too late."""


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch):
    Alarm.last = None
    monkeypatch.setattr(threading, "Timer", Alarm)


def shown_for(stream, line="Checking it.py …", *, is_long):
    with Notice(line, stream, patience=0.25):
        if Alarm.last is not None:
            assert Alarm.last.daemon
            assert Alarm.last.seconds == 0.25
            if is_long:
                Alarm.last.goes_off()
    if Alarm.last is not None:
        Alarm.last.goes_off()
    return stream.getvalue()


def test_a_notice_is_shown_late_and_wiped_away():
    """It is written once patience is over, nothing of it is left, and the cursor is back while it is shown."""
    shown = shown_for(Terminal(), is_long=True)
    assert "Checking it.py …" in plain(shown)
    assert seen(shown) == ""
    assert shown.index(SHOW_CURSOR) < shown.rindex("Checking it.py …")
    assert shown_for(Terminal(), is_long=False) == ""


def test_a_notice_that_was_cleared_stays_away():
    """What is written in its stead stands alone, even if the block goes on."""
    stream = Terminal()
    with Notice("Checking", stream) as notice:
        notice.clear()
        Alarm.last.goes_off()
    assert stream.getvalue() == ""


def test_a_notice_fits_its_line(monkeypatch):
    """A longer one is cut, wide characters and all: it takes one line."""
    monkeypatch.setenv("COLUMNS", "10")
    lines = [line for line in re.split(r"[\r\n]+", plain(shown_for(Terminal(), "正在评判文件", is_long=True))) if line]
    assert lines
    assert all(width_of(line) <= 10 and line.startswith("正在评") for line in lines)


def test_nothing_is_imported_before_patience_is_over():
    """A command that is quick pays for no drawing."""
    program = (
        "import io, sys\n"
        "from llmprep.model import Language\n"
        "from llmprep.ui.terminal.progress import Notice, Progress\n"
        "class Terminal(io.StringIO):\n"
        "    def isatty(self): return True\n"
        "with Notice('x', Terminal()): Progress('bank.compiling', Terminal(), Language.EN)(1, 2)\n"
        "print(sorted(name for name in sys.modules if name.startswith('rich')))"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_no_notice_without_a_terminal(monkeypatch):
    """Nothing is shown where it could not be taken away."""
    assert shown_for(io.StringIO(), is_long=True) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert shown_for(Terminal(), is_long=True) == ""
