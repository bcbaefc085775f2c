"""Progress: shown late, seldom, in terminals only, and gone at the end."""

from __future__ import annotations

import io
import threading

import pytest

from llmprep.model import Language
from llmprep.ui.terminal.progress import Notice, Progress


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
    shown = run(Terminal(), 0.06)
    assert shown.count("of 20 files") == 6
    assert "\r█████████░░░░░░░░░░░ Reading the bank: 9 of 20 files" in shown
    last = shown.rsplit("\r", 2)
    assert (last[1].strip(), last[2]) == ("", "")


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
    """It is written once, at the left edge, and nothing of it is left."""
    blank = " " * len("Checking it.py …")
    assert shown_for(Terminal(), is_long=True) == f"\rChecking it.py …\r{blank}\r"
    assert shown_for(Terminal(), is_long=False) == ""


def test_a_notice_that_was_cleared_stays_away():
    """What is written in its stead stands alone, even if the block goes on."""
    stream = Terminal()
    with Notice("Checking", stream) as notice:
        notice.clear()
        Alarm.last.goes_off()
    assert stream.getvalue() == ""


def test_a_notice_fits_its_line(monkeypatch):
    """A longer one is cut, wide characters and all: a second line could not be taken away."""
    monkeypatch.setenv("COLUMNS", "10")
    assert shown_for(Terminal(), "正在评判文件", is_long=True) == f"\r正在评判\r{' ' * 8}\r"


def test_no_notice_without_a_terminal(monkeypatch):
    """Nothing is shown where it could not be taken away."""
    assert shown_for(io.StringIO(), is_long=True) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert shown_for(Terminal(), is_long=True) == ""
