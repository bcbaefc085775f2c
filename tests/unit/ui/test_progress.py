"""Progress: shown late, seldom, in terminals only, and gone at the end."""

from __future__ import annotations

import io

import pytest

from llmprep.model import Language
from llmprep.ui.progress import Progress


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
