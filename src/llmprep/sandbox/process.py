"""Start worker processes: a fresh interpreter for one job; `fork_server` forks a warm one for each of many.

Either way the worker has an empty environment, a session of its own, and the few descriptors that it is given.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from llmprep.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_ANSWER = "3"


class WorkerExit(NamedTuple):
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
        """Begin, with shared data preloaded if the worker can; return whether it was.

        Args:
            common: that part of the job; empty if the job has none.

        Raises:
            EnvironmentFault: no process can be started.
            WireError: `common` is not plain.
        """

    def end(self) -> WorkerExit:
        """Kill whatever is left of it and its session, and close the descriptors."""


def library_folders() -> tuple[str, ...]:
    """Return the folders of this package and numpy; a worker sees them until it is confined.

    Raises:
        EnvironmentFault: numpy is not installed.
    """
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        raise EnvironmentFault("check.no_numpy")
    package = Path(__file__).resolve().parent.parent.parent
    return str(package), str(Path(spec.origin).parent.parent)


def numpy_version() -> str:
    """Return the installed numpy's version, read without importing it."""
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        return ""
    text = Path(spec.origin).with_name("version.py").read_text(encoding="utf-8")
    found = [line.partition("=")[2] for line in text.splitlines() if line.startswith("version =")]
    return found[0].strip(" \"'") if found else ""


def start_python(run: str, inherited: int, number: str, stdin: int, output: int) -> subprocess.Popen[bytes]:
    """Start a fresh interpreter that runs one of the worker's functions."""
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


def close_all(*descriptors: int) -> None:
    """Close descriptors, as far as they are open."""
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def open_pipes(number: int) -> list[tuple[int, int]]:
    """Open so many pipes, or none.

    Raises:
        EnvironmentFault: too many files are open.
    """
    made: list[tuple[int, int]] = []
    try:
        for _ in range(number):
            made += [os.pipe()]
    except OSError as error:
        close_all(*(descriptor for pipe in made for descriptor in pipe))
        raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
    return made


def kill_session(leader: int) -> None:
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
        (job, self.job), (self.answer, answer), (self.printed, printed) = open_pipes(3)
        try:
            self._process = start_python("main", answer, _ANSWER, job, printed)
            self.pid = self._process.pid
        except EnvironmentFault:
            close_all(self.job, self.answer, self.printed)
            raise
        finally:
            close_all(job, answer, printed)

    def begin(self, common: Mapping[str, Any]) -> bool:  # noqa: ARG002  (it began when it was made)
        """Do nothing: it began when it was made, and has nothing preloaded."""
        return False

    def end(self) -> WorkerExit:
        """Kill whatever is left of it and its session, and close the descriptors."""
        # The process leads a session of its own: whatever it might have left dies with it.
        kill_session(self.pid)
        try:
            _, status, usage = os.wait4(self.pid, 0)
        except ChildProcessError as error:
            raise EnvironmentFault("check.no_worker", reason=error.strerror) from None
        finally:
            close_all(self.job, self.answer, self.printed)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return WorkerExit(self._process.returncode, usage.ru_utime + usage.ru_stime)


def start() -> Worker:
    """Start a fresh worker.

    Raises:
        EnvironmentFault: no process can be started.
    """
    return FreshWorker()
