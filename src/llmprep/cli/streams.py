"""Standard streams that accept any text and tolerate a reader that exits early, such as `head`."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault

if TYPE_CHECKING:
    from typing_extensions import Buffer

ESCAPES = "llmprep.escapes"
"""The name of the error handler that writes what an encoding lacks as JSON escapes, so that JSON stays JSON."""


class _Output(io.RawIOBase):
    """Bytes on their way out. What nobody reads any more is dropped: the exit code is still to come, and it counts.

    Args:
        sink: where they go.
        told: whether it has been said that nothing can be written, or nobody could be told: the rest is dropped.
    """

    abandoned = False

    def __init__(self, sink: io.RawIOBase, *, told: bool) -> None:
        self.sink, self.told = sink, told

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the underlying descriptor."""
        return self.sink.fileno()

    def isatty(self) -> bool:
        """Return whether this is a terminal."""
        return self.sink.isatty()

    def write(self, data: Buffer, /) -> int | None:
        """Write; once the reader has exited, discard.

        Raises:
            EnvironmentFault: the disk is full or fails; only the first write says so.
        """
        try:
            return self.sink.write(data)
        except BrokenPipeError:
            self.abandoned = True
        except OSError as error:
            if not self.told:
                self.told = True
                raise EnvironmentFault("common.output_failed", reason=error.strerror) from None
        return memoryview(data).nbytes


def prepare() -> None:
    """Replace the process's standard streams. One that is closed from the start becomes `/dev/null`."""
    codecs.register_error(ESCAPES, _escape)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = _forbearing(sys.stdout, silent=False)
    sys.stderr = _forbearing(sys.stderr, silent=True)


def abandoned() -> bool:
    """Return whether the reader of standard output is known to have exited."""
    return bool(getattr(getattr(getattr(sys.stdout, "buffer", None), "raw", None), "abandoned", False))


def _forbearing(stream: object, *, silent: bool) -> io.TextIOWrapper:
    if not isinstance(stream, io.TextIOWrapper):
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Output(sink(stream), told=silent)),
        encoding=stream.encoding,
        errors=ESCAPES,
        line_buffering=stream.line_buffering or stream.write_through,
    )


def sink(stream: io.TextIOWrapper) -> io.RawIOBase:
    """Return the raw sink of a standard stream: its descriptor, or its console.

    A console of Windows shows text, which its stream in Python takes as UTF-8. Bytes written to its descriptor would be
    read in the console's code page, and Chinese would become other characters.
    """
    raw = getattr(stream.buffer, "raw", None)
    if isinstance(raw, io.RawIOBase) and is_console(type(raw)):
        return raw
    return io.FileIO(stream.fileno(), "w", closefd=False)


def is_console(kind: type) -> bool:
    """Whether a kind of raw stream is that of a Windows console, which only Python on Windows has."""
    return any(base.__name__ == "_WindowsConsoleIO" for base in kind.__mro__)


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
