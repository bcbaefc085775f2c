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
    from collections.abc import Iterator, Mapping

_BOOT = """
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, ())
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
and is seeded for its job, and costs it a sixth of its page faults. Whoever started the command may have had it ignore
SIGCHLD, or block signals; both are inherited, and a process that ignores its children's ends cannot wait for them.
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
ANSWER_SECONDS = 60.0
"""A fork server that has not answered by then never will."""
END_SECONDS = 5.0
"""What a fork server has to end by itself."""
LAST_WORDS = 64 << 10
"""Bytes of its standard error that are read where a fork server does not get ready: what a pipe holds."""


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


def _kill_session(leader: int) -> None:
    """Kill whatever is left of a worker's session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


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
        _kill_session(self.pid)
        try:
            _, status, usage = os.wait4(self.pid, 0)
        except ChildProcessError as error:
            raise EnvironmentFault("check.no_worker", reason=error.strerror) from None
        finally:
            _close(self.job, self.answer, self.printed)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return Ended(self._process.returncode, usage.ru_utime + usage.ru_stime)


class Nursery:
    """A fork server: a warm process that forks a worker for each job, one at a time. It never runs foreign code itself.

    One that is lost, or does not answer, costs the job that it was asked for; the next job gets a new one.
    """

    def __init__(self) -> None:
        """Start it.

        Raises:
            EnvironmentFault: no process can be started.
        """
        self._is_closed = False
        self._start()

    def _start(self) -> None:
        [(self._stderr, stderr)] = _pipes(1)
        try:
            self._control, control = socket.socketpair()
            with control:
                self._control.settimeout(ANSWER_SECONDS)
                self._process = _python("serve", control.fileno(), _CONTROL, subprocess.DEVNULL, stderr)
        except (OSError, EnvironmentFault) as error:
            _close(self._stderr)
            if isinstance(error, EnvironmentFault):
                self._control.close()
                raise
            raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
        finally:
            _close(stderr)
        self._taught = b""
        self._is_lost = False

    def worker(self) -> ForkedWorker:
        """A warm worker. The one before must have ended before it begins."""
        return ForkedWorker(self)

    def revive(self) -> None:
        """Start a new process in place of one that is lost.

        Raises:
            EnvironmentFault: no process can be started.
        """
        if self._is_lost and not self._is_closed:
            self._start()
            if self._is_closed:  # meanwhile, by another thread
                self.close()

    def teach(self, common: Mapping[str, Any]) -> None:
        """Preload what the next jobs have in common into the fork server, in place of what was preloaded before.

        Raises:
            EnvironmentFault: the fork server is lost.
            WireError: `common` is not plain.
        """
        lesson = encode(common)
        if lesson == self._taught:
            return
        with self._losing():
            self._control.sendall(b"t" + struct.pack("<Q", len(lesson)) + lesson)
        self._taught = lesson

    def ask(self, message: bytes, answer: struct.Struct, descriptors: tuple[int, ...] = ()) -> tuple[float, ...]:
        """Send a message and wait for its answer.

        Raises:
            EnvironmentFault: the fork server is lost, or does not answer and is then ended.
        """
        with self._losing():
            socket.send_fds(self._control, [message], descriptors)
            data = b""
            while len(data) < answer.size:
                more = self._control.recv(answer.size - len(data))
                if not more:
                    raise ConnectionResetError("it ended")
                data += more
        self._forget_stderr()
        return answer.unpack(data)

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """Give the fork server up if what is done with it fails, or is interrupted: it may be amid an answer."""
        try:
            yield
        except BaseException as error:
            said = self._lose()
            if isinstance(error, OSError):
                raise EnvironmentFault("check.no_worker", reason=said or error.strerror or str(error)) from None
            raise

    def _lose(self) -> str:
        """End it at once; the last line that it wrote to its standard error before it was ready."""
        self._is_lost = True
        self._control.close()
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        said = b""
        if self._stderr >= 0:
            os.set_blocking(self._stderr, False)
            with contextlib.suppress(BlockingIOError):
                said = os.read(self._stderr, LAST_WORDS)
        self._forget_stderr()
        return " ".join(said.decode("utf-8", "replace").strip().splitlines()[-1:])

    def close(self) -> None:
        """End it, and its child if there is one; whoever waits for its answer waits no longer."""
        self._is_closed = True
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            # It was stopped, or hangs.
            self._process.kill()
            self._process.wait()
        self._forget_stderr()

    def _forget_stderr(self) -> None:
        """Close its standard error: it is ready, and says nothing any more, or it has ended."""
        if self._stderr >= 0:
            _close(self._stderr)
            self._stderr = -1


class ForkedWorker:
    """A child of a nursery: it is there as soon as it has begun."""

    _STARTED, _ENDED = struct.Struct("<q"), struct.Struct("<qd")

    pid = 0
    job = answer = printed = -1

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery

    def begin(self, common: Mapping[str, Any]) -> bool:
        """Be forked, once the fork server has what is not preloaded there yet."""
        self._nursery.revive()
        if common:
            self._nursery.teach(common)
        (job, self.job), (self.answer, answer), (self.printed, printed) = _pipes(3)
        try:
            self.pid = int(self._nursery.ask(b"f", self._STARTED, (job, answer, printed))[0])
        finally:
            _close(job, answer, printed)
        if self.pid < 0:
            number, self.pid = -self.pid, 0
            raise EnvironmentFault("check.no_worker", reason=os.strerror(number))
        return bool(common)

    def end(self) -> Ended:
        """Have its parent kill whatever is left of it, if it has begun, and close the descriptors."""
        try:
            status, cpu_seconds = self._nursery.ask(b"e", self._ENDED) if self.pid else (0, 0.0)
        except EnvironmentFault:
            # On Linux it dies with its parent; elsewhere nobody but us is left to end it.
            _kill_session(self.pid)
            raise
        finally:
            _close(*(descriptor for descriptor in (self.job, self.answer, self.printed) if descriptor >= 0))
        return Ended(os.waitstatus_to_exitcode(int(status)), cpu_seconds)


def start() -> Worker:
    """A fresh worker.

    Raises:
        EnvironmentFault: no process can be started.
    """
    return FreshWorker()
