"""Fork servers for several threads, and how many of them a machine can use."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.memory import available_bytes, submissions_at_a_time
from llmprep.sandbox.wall import tells_waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

WORTH_ANOTHER = 150
"""Files per core above which two fork servers per core pay off: +17 % throughput for 0.33 s of start-up (measured on
two cores)."""
DESCRIPTORS, DESCRIPTORS_OF_A_JOB = 64, 8
"""Descriptors that this process and one running submission take, with some to spare."""


class ForkServerPool:
    """Fork servers, each used by one thread at a time. A failed one is replaced."""

    def __init__(self) -> None:
        self._free: SimpleQueue[ForkServer | None] = SimpleQueue()
        """None stands for one that is yet to be started."""
        self._lock = Lock()
        self._running: set[ForkServer] = set()
        self._closed = False

    def start(self, number: int) -> None:
        """Start the given number of fork servers."""
        for _ in range(number):
            self._free.put(self._begin())

    @contextlib.contextmanager
    def warm(self) -> Iterator[ForkServer]:
        """Yield a fork server that no other thread uses meanwhile.

        Raises:
            EnvironmentFault: none can be started.
        """
        fork_server = self._free.get()
        try:
            fork_server = fork_server or self._begin()
            yield fork_server
        except Exception:
            # It may be gone, or unable to fork, or left in the middle of a job: the next file is to have a better one.
            if fork_server is not None:
                self._end(fork_server)
            fork_server = None
            raise
        finally:
            self._free.put(fork_server)

    def close(self) -> None:
        """End all fork servers and their children, even those in use; none is started afterwards."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for fork_server in running:
            self._end(fork_server)

    def _begin(self) -> ForkServer:
        with self._lock:
            if self._closed:
                raise EnvironmentFault("check.no_worker", reason="closed")
            fork_server = ForkServer()
            self._running.add(fork_server)
            return fork_server

    def _end(self, fork_server: ForkServer) -> None:
        fork_server.close()
        with self._lock:
            self._running.discard(fork_server)


def best_jobs(files: int, cores: int, descriptors: int, memory: int | None, *, waits_told: bool) -> int:
    """Return how many submissions to grade at a time: one per core, or two, taking turns, where that pays.

    A core idles where a submission waits for us, or we for the system.

    Args:
        files: how many there are.
        cores: the machine's.
        descriptors: how many files this process may have open.
        memory: bytes that are left for them; None if that is not known.
        waits_told: whether the system tells how long a process waited for a core: where not, that counts as its own
            time, so that no submission may have to wait for another.
    """
    jobs = 2 * cores if waits_told and files >= WORTH_ANOTHER * cores else cores
    jobs = min(submissions_at_a_time(memory, jobs), (descriptors - DESCRIPTORS) // DESCRIPTORS_OF_A_JOB)
    return max(1, jobs)


def best_jobs_here(files: int) -> int:
    """Return how many submissions to grade at a time on this machine."""
    descriptors = 1024
    with contextlib.suppress(ImportError):
        import resource

        descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if descriptors == resource.RLIM_INFINITY:
            descriptors = 1 << 20
    memory = available_bytes(Path("/"))
    return best_jobs(files, os.cpu_count() or 1, descriptors, memory, waits_told=tells_waiting())
