"""Laws of standard streams."""

from __future__ import annotations

import errno
import io
import os

import pytest

from llmprep.cli.streams import _forbearing, abandoned, is_console, sink
from llmprep.errors import EnvironmentFault


class _WindowsConsoleIO(io.RawIOBase):
    """Stands in for the class that `io` has on Windows: it takes UTF-8 and shows text."""

    def __init__(self) -> None:
        self.shown = b""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1

    def write(self, data: object) -> int:
        # As the real one, it may take less than it is given.
        piece = bytes(data)[:1000]  # type: ignore[call-overload]
        self.shown += piece
        return len(piece)


class Console(_WindowsConsoleIO):
    """Some wrappers of consoles derive from it."""


class Failing(_WindowsConsoleIO):
    """A console that is gone."""

    def write(self, data: object) -> int:
        raise OSError(errno.EIO, "Input/output error")


def stream(raw: io.RawIOBase) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=True)


def test_a_console_is_told_by_the_name_of_its_kind() -> None:
    """Only Python on Windows has the class itself."""
    assert [is_console(kind) for kind in (_WindowsConsoleIO, Console, io.FileIO, io.RawIOBase, object)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_consoles_bytes_go_through_it_and_a_files_to_its_descriptor() -> None:
    """Whatever number a console gives out for itself."""
    raw = Console()
    assert sink(stream(raw)) is raw
    read, write = os.pipe()
    with os.fdopen(read, "rb") as reader, os.fdopen(write, "w", encoding="utf-8") as writer:
        found = sink(writer)
        assert isinstance(found, io.FileIO)
        assert found.fileno() == write
        found.write("中文✓".encode())
        assert reader.read1(100).decode() == "中文✓"


def test_a_console_shows_all_of_a_text_as_text() -> None:
    """Chinese, signs and long texts arrive whole, as UTF-8, though it takes them in pieces."""
    raw = Console()
    text = "✓ 通过：注意力机制\n" * 1000
    out = _forbearing(stream(raw), silent=False)
    assert out.isatty()
    out.write(text)
    out.flush()
    assert raw.shown.decode() == text.replace("\n", os.linesep)


def test_a_console_that_fails_is_told_once() -> None:
    """As any other output; standard error has nobody to tell."""
    out = _forbearing(stream(Failing()), silent=False)
    with pytest.raises(EnvironmentFault, match="output_failed"):
        out.write("x\n")
    out.write("y\n")
    _forbearing(stream(Failing()), silent=True).write("x\n")
    assert not abandoned()
