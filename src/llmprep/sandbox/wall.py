"""Measure how much of its wall-clock limit a worker has used, and how much of that it was kept waiting.

A worker is credited with the time in which it waited for a core that other processes had, and in which it was blocked
on a full pipe that this process was kept from emptying. Both are measured out of the worker's reach, and the credit is
capped: the limit once more, unless the caller grants another. Time in which this process itself stood still (it was
suspended, or the whole machine was) is not counted at all.
"""

from __future__ import annotations

import functools
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SLICE = 0.5
"""Seconds of one wait, and so the resolution at which a standstill of this process is detected."""
PROMPT = 0.05
"""Seconds by which a wake-up may be late before that counts as a standstill."""
STEAL = 8
"""The column of stolen time in the first line of /proc/stat."""
NOTABLE = 0.05
"""The share of the limit above which waiting may have made the difference."""


class WallClock:
    """Keeps one worker's time, from the moment that it is made."""

    def __init__(
        self,
        limit: float,
        clock: Callable[[], float],
        waited: float,
        *,
        most_back: float | None = None,
        is_told: bool = True,
    ) -> None:
        """Begin measuring.

        Args:
            limit: seconds that the worker may take.
            clock: seconds.
            waited: seconds for which the worker had waited for a core before.
            most_back: most seconds that are credited; None for the limit once more.
            is_told: whether the system tells how long a process waited for a core.
        """
        self._limit, self._clock, self._waited_before, self._is_told = limit, clock, waited, is_told
        self._most_back = limit if most_back is None else most_back
        self._begun = clock()
        self._waited = self._at_pipe = self._absent = self._stolen = 0.0

    @property
    def seconds(self) -> float:
        """The seconds for which the worker has been watched."""
        return max(0.0, self._clock() - self._begun - self._absent)

    def remaining(self) -> float:
        """Return seconds until the worker is late."""
        # A worker can bring it about that it stands at a pipe, but not that others have its core.
        back = self._waited + min(self._limit, self._at_pipe)
        return self._limit + min(self._most_back, back) - self.seconds

    def waited(self, seconds: float) -> None:
        """Note how long the worker has waited for a core in all."""
        self._waited = max(0.0, seconds - self._waited_before)

    def at_pipe(self, seconds: float) -> None:
        """Note for how long the worker was blocked on a full pipe that this process did not empty."""
        self._at_pipe += max(0.0, seconds)

    def stolen(self, seconds: float) -> None:
        """Note for how long a virtual machine's cores were withheld from it."""
        self._stolen = max(0.0, seconds)

    def woke(self, asked: float, took: float) -> None:
        """Note a wait of this process: the most seconds asked for, and those that it took."""
        if took > asked + PROMPT:
            self._absent += took - asked

    @property
    def was_disturbed(self) -> bool:
        """Whether something else may have made the worker late; true also where the system does not tell."""
        lost = self._waited + self._at_pipe + self._absent + self._stolen
        return not self._is_told or lost >= NOTABLE * self._limit

    @property
    def was_starved(self) -> bool:
        """Whether the worker waited for a core for longer than could be credited."""
        return self._waited >= self._most_back


class Lag:
    """Measures how long this thread was kept from a pipe that had data for it.

    A thread that waits for a pipe is woken at once. That it goes on later is because it then waits for a core, or for
    the interpreter, which other threads of this process hold while they compute.
    """

    def __init__(self) -> None:
        self._own = time.thread_time()
        self._all = time.process_time()
        self._waited = waited_seconds("thread-self")

    def seconds(self, elapsed: float) -> float:
        """Return the upper bound of that time, of the `elapsed` seconds since this was made."""
        others = (time.process_time() - self._all) - (time.thread_time() - self._own)
        return min(elapsed, max(0.0, others) + waited_seconds("thread-self") - self._waited)


def waited_seconds(process: int | str) -> float:
    """Return how long a process has waited for a processor; 0 where the kernel does not tell.

    That is no time of its own: a loaded machine must not make a right submission late.
    """
    try:
        waited = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[1]
        return int(waited) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def stolen_seconds() -> float:
    """Return for how long the host of a virtual machine has withheld its cores, over all cores; 0 if unknown."""
    try:
        with Path("/proc/stat").open(encoding="ascii") as file:
            return int(file.readline().split()[STEAL]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


@functools.cache
def tells_waiting() -> bool:
    """Return whether this system tells how long a process waited for a core."""
    return Path("/proc/self/schedstat").exists()
