"""The channel from a worker to the parent: frames of plain values, and standard output that counts its bytes."""

from __future__ import annotations

import io
import os
import struct
from typing import Any

from llmprep.sandbox.codec import encode

JOB, ANSWER, RULESET, CONTROL = 0, 3, 4, 5
"""The descriptors by number; 1 and 2 are where the foreign code prints."""


class Printed(io.RawIOBase):
    """Standard output that knows how many bytes went through it."""

    total = 0

    def writable(self) -> bool:
        """Return whether bytes can be written: yes."""
        return True

    def write(self, data: Any) -> int:
        """Write to the pipe that the parent drains."""
        written = os.write(1, data)
        self.total += written
        return written


class FrameWriter:
    """The channel to the parent, with what it needs kept out of reach of later patches."""

    def __init__(self) -> None:
        self._write, self._encode, self._pack = os.write, encode, struct.pack
        self._printed = Printed()
        self.stream = io.TextIOWrapper(
            io.BufferedWriter(self._printed, 8192), encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
        """Standard output of the foreign code. A line is written at once, so that it survives a kill."""
        self._flush = self.stream.flush

    def __call__(self, *fields: Any) -> None:
        """Send one frame: its length, then its fields as a tuple."""
        body = self._encode(fields)
        data = memoryview(self._pack("<Q", len(body)) + body)
        while data:
            data = data[self._write(ANSWER, data) :]

    def printed(self) -> int:
        """Return how many bytes the foreign code has printed so far."""
        try:
            self._flush()
        except BaseException:
            return self._printed.total
        return self._printed.total
