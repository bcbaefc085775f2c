"""Starts workers: a fresh interpreter for one job, or one that forks a warm child for each of many.

Either way the worker has an empty environment, a session of its own, and the few descriptors that it is given.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.codec import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOOT = """
import os, sys
os.register_at_fork = lambda **_: None
run, inherited, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if inherited != number:
    os.dup2(inherited, number)
    os.close(inherited)
sys.path.extend(sys.argv[4:])
from llmprep.sandbox.worker import main
getattr(main, run)(sys.argv[4:])
"""
"""Takes what to run, the descriptor that is inherited, the number it is to have, and where llmprep and numpy are.

What modules would do after each fork (draw a new seed, make new locks) serves nothing in a child that has one thread
and is seeded for its job, and costs it a sixth of its page faults.
"""

_ENVIRONMENT = {
    # One thread: OpenBLAS with two hangs where clone is refused, and its sums depend on how many there are.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # The order of sets must not change from run to run.
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
}
_ANSWER, _CONTROL = "3", "5"


class Ended(NamedTuple):
    """How a worker's process ended."""

    exit_code: int
    """The exit code, or minus the number of the signal that ended it."""
    cpu_seconds: float
    """All CPU time that it used, by the kernel's account."""


class Worker(Protocol):
    """A process that takes a job once it has begun: until then it may have no descriptors."""

    pid: int
    job: int
    """The descriptor that its job is written to."""
    answer: int
    """The descriptor that its frames are read from."""
    printed: int
    """The descriptor that all it prints is read from."""

    def begin(self, common: Mapping[str, Any]) -> bool:
        """Begin, with what many jobs have in common known from the start, if it can be; whether it is.

        Args:
            common: that part of the job; empty if the job has none.

        Raises:
            EnvironmentFault: no process can be started.
            WireError: `common` is not plain.
        """

    def end(self) -> Ended:
        """Kill whatever is left of it and its session, and close the descriptors."""


def library_folders() -> tuple[str, ...]:
    """Where this package and numpy are; a worker sees them until it is confined.

    Raises:
        EnvironmentFault: numpy is not installed.
    """
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        raise EnvironmentFault("check.no_numpy")
    package = Path(__file__).resolve().parent.parent.parent
    return str(package), str(Path(spec.origin).parent.parent)


def numpy_version() -> str:
    """The installed numpy's version, read without importing it."""
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        return ""
    text = Path(spec.origin).with_name("version.py").read_text(encoding="utf-8")
    found = [line.partition("=")[2] for line in text.splitlines() if line.startswith("version =")]
    return found[0].strip(" \"'") if found else ""


def _python(run: str, inherited: int, number: str, stdin: int, output: int) -> subprocess.Popen[bytes]:
    """A fresh interpreter that runs one of the worker's functions."""
    if os.name != "posix":
        raise EnvironmentFault("check.no_worker", reason="this system has no POSIX processes (on Windows, use WSL)")
    flags = ["-S", "-s", "-P", "-X", "utf8"]
    try:
        return subprocess.Popen(
            [sys.executable, *flags, "-c", _BOOT, run, str(inherited), number, *library_folders()],
            stdin=stdin,
            stdout=output,
            stderr=output,
            pass_fds=(inherited,),
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None


def _close(*descriptors: int) -> None:
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _pipes(number: int) -> list[tuple[int, int]]:
    """So many pipes, or none.

    Raises:
        EnvironmentFault: too many files are open.
    """
    made: list[tuple[int, int]] = []
    try:
        for _ in range(number):
            made += [os.pipe()]
    except OSError as error:
        _close(*(descriptor for pipe in made for descriptor in pipe))
        raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
    return made


class FreshWorker:
    """A fresh interpreter; it begins to import numpy at once."""

    def __init__(self) -> None:
        """Start it.

        Raises:
            EnvironmentFault: no process can be started.
        """
        (job, self.job), (self.answer, answer), (self.printed, printed) = _pipes(3)
        try:
            self._process = _python("main", answer, _ANSWER, job, printed)
            self.pid = self._process.pid
        except EnvironmentFault:
            _close(self.job, self.answer, self.printed)
            raise
        finally:
            _close(job, answer, printed)

    def begin(self, common: Mapping[str, Any]) -> bool:  # noqa: ARG002  (it began when it was made)
        """Nothing: it has begun, and knows nothing of the job."""
        return False

    def end(self) -> Ended:
        """Kill whatever is left of it and its session, and close the descriptors."""
        # The process leads a session of its own: whatever it might have left dies with it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        _close(self.job, self.answer, self.printed)
        return Ended(self._process.returncode, usage.ru_utime + usage.ru_stime)


class Nursery:
    """A warm process that forks a worker for each job, one at a time. It never runs foreign code itself."""

    def __init__(self) -> None:
        """Start it.

        Raises:
            EnvironmentFault: no process can be started.
        """
        try:
            self._control, control = socket.socketpair()
        except OSError as error:
            raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
        self._taught = b""
        with control:
            devnull = subprocess.DEVNULL
            self._process = _python("serve", control.fileno(), _CONTROL, devnull, devnull)

    def worker(self) -> ForkedWorker:
        """A warm worker. The one before must have ended before it begins."""
        return ForkedWorker(self)

    def teach(self, common: Mapping[str, Any]) -> None:
        """Have the workers to come know from birth what their jobs have in common; nothing is left of what they knew.

        Raises:
            EnvironmentFault: the warm process is gone.
            WireError: `common` is not plain.
        """
        lesson = encode(common)
        if lesson == self._taught:
            return
        try:
            self._control.sendall(b"t" + struct.pack("<Q", len(lesson)) + lesson)
        except OSError as error:
            raise EnvironmentFault("check.no_worker", reason=str(error)) from None
        self._taught = lesson

    def ask(self, message: bytes, answer: struct.Struct, descriptors: tuple[int, ...] = ()) -> tuple[float, ...]:
        """Send a message and wait for its answer."""
        try:
            socket.send_fds(self._control, [message], descriptors)
            data = self._control.recv(answer.size, socket.MSG_WAITALL)
            return answer.unpack(data)
        except (OSError, struct.error) as error:
            raise EnvironmentFault("check.no_worker", reason=str(error)) from None

    def close(self) -> None:
        """End it, and its child if there is one."""
        self._control.close()
        self._process.wait()


class ForkedWorker:
    """A child of a nursery: it is there as soon as it has begun."""

    _STARTED, _ENDED = struct.Struct("<q"), struct.Struct("<qd")

    pid = 0
    job = answer = printed = -1

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery

    def begin(self, common: Mapping[str, Any]) -> bool:
        """Teach the nursery what is not known there yet, and be forked."""
        if common:
            self._nursery.teach(common)
        (job, self.job), (self.answer, answer), (self.printed, printed) = _pipes(3)
        try:
            self.pid = int(self._nursery.ask(b"f", self._STARTED, (job, answer, printed))[0])
        finally:
            _close(job, answer, printed)
        return bool(common)

    def end(self) -> Ended:
        """Have its parent kill whatever is left of it, if it has begun, and close the descriptors."""
        try:
            status, cpu_seconds = self._nursery.ask(b"e", self._ENDED) if self.pid else (0, 0.0)
        finally:
            _close(*(descriptor for descriptor in (self.job, self.answer, self.printed) if descriptor >= 0))
        return Ended(os.waitstatus_to_exitcode(int(status)), cpu_seconds)


def start() -> Worker:
    """A fresh worker.

    Raises:
        EnvironmentFault: no process can be started.
    """
    return FreshWorker()
