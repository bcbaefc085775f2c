"""The worker: takes one job on standard input, confines itself, does the job, answers in frames, and is gone.

A job is a plain mapping. It names its `kind`, what the process may still `read`, its limits, and what the kind needs.
The first frame says `("ready", layers, cpu_seconds)`: what is in force before any foreign code was looked at.
Standard output and error belong to the foreign code.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import time
from typing import Any

import numpy as np

from llmprep.sandbox.wire import decode, encode
from llmprep.sandbox.worker import cases, submission
from llmprep.sandbox.worker.confine import confine, readable_paths

KINDS = {"submission": submission.run, "cases": cases.run, "properties": cases.judge_properties}
ANSWER_DESCRIPTOR = 3


class Printed(io.RawIOBase):
    """Standard output that knows how many bytes went through it."""

    total = 0

    def writable(self) -> bool:
        """Whether bytes can be written: yes."""
        return True

    def write(self, data: Any) -> int:
        """Write to the pipe that the parent drains."""
        written = os.write(1, data)
        self.total += written
        return written


class Answer:
    """The channel to the parent, with what it needs kept out of reach of later patches."""

    def __init__(self, descriptor: int, printed: Printed) -> None:
        self._write, self._encode, self._pack = os.write, encode, struct.pack
        self._descriptor, self._printed = descriptor, printed
        self._flush = sys.stdout.flush

    def __call__(self, *fields: Any) -> None:
        """Send one frame: its length, then its fields as a tuple."""
        body = self._encode(fields)
        data = memoryview(self._pack("<Q", len(body)) + body)
        while data:
            data = data[self._write(self._descriptor, data) :]

    def printed(self) -> int:
        """How many bytes the foreign code has printed so far."""
        try:
            self._flush()
        except BaseException:
            return self._printed.total
        return self._printed.total


def receive() -> Any:
    """The job: eight bytes of length, then its encoding."""
    stream = sys.stdin.buffer
    header = stream.read(8)
    if len(header) < 8:
        # The parent went away, or never needed a worker.
        os._exit(0)
    return decode(stream.read(struct.unpack("<Q", header)[0]))


def main() -> None:
    """Do one job."""
    readable = readable_paths(os.path.dirname(np.__file__))  # noqa: PTH120
    job = receive()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    printed = Printed()
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(printed, 8192), encoding="utf-8", errors="backslashreplace")
    sys.stderr = sys.stdout
    answer = Answer(ANSWER_DESCRIPTOR, printed)
    sys.path[:] = [path for path in sys.path if path not in job["hide"]]
    for name in [name for name in sys.modules if name.partition(".")[0] == "llmprep"]:
        del sys.modules[name]
    layers = confine(readable, cpu_seconds=job["cpu_seconds"], memory_bytes=job["memory_bytes"])
    answer("ready", layers, time.process_time())
    KINDS[job["kind"]](job, answer)
    answer("end")
    os._exit(0)
