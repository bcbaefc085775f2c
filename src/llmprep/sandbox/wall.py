"""How much of its wall-clock limit a worker has used, and what of that time was not its own.

Two things are not held against a worker: that it waited for a core that others had, and that it waited at a full pipe
which this process was kept from emptying. Both are measured where the worker cannot reach, and what is given back for
them has a cap: the limit once more, unless the caller grants another. Time in which this process itself stood still (it
was suspended, or the whole machine was) is left out: nobody watched then.
"""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SLICE = 0.5
"""Seconds that are waited for at a time: so soon it is seen that this process stood still."""
PROMPT = 0.05
"""Seconds that a wake-up may come late before that counts as standing still."""
NOTABLE = 0.05
"""The share of the limit from which on waiting may have made the difference."""


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
        """Begin.

        Args:
            limit: seconds that the worker may take.
            clock: seconds.
            waited: seconds for which the worker had waited for a core before.
            most_back: seconds that are given back at most; None for the limit once more.
            is_told: whether the system tells how long a process waited for a core.
        """
        self._limit, self._clock, self._waited_before, self._is_told = limit, clock, waited, is_told
        self._most_back = limit if most_back is None else most_back
        self._begun = clock()
        self._waited = self._at_pipe = self._absent = 0.0

    @property
    def seconds(self) -> float:
        """How long the worker has been watched."""
        return max(0.0, self._clock() - self._begun - self._absent)

    def remaining(self) -> float:
        """Seconds until the worker is late."""
        # A worker can bring it about that it stands at a pipe, but not that others have its core.
        back = self._waited + min(self._limit, self._at_pipe)
        return self._limit + min(self._most_back, back) - self.seconds

    def waited(self, seconds: float) -> None:
        """Take note of how long the worker has waited for a core in all."""
        self._waited = max(0.0, seconds - self._waited_before)

    def at_pipe(self, seconds: float) -> None:
        """Take note that the worker stood at a full pipe for so long, for want of us."""
        self._at_pipe += max(0.0, seconds)

    def woke(self, asked: float, took: float) -> None:
        """Take note of a wait of ours that was to take no longer than `asked` seconds, and took so many."""
        if took > asked + PROMPT:
            self._absent += took - asked

    @property
    def was_disturbed(self) -> bool:
        """Whether something else than the worker may have made it late; so too where the system does not tell."""
        return not self._is_told or self._waited + self._at_pipe + self._absent >= NOTABLE * self._limit

    @property
    def was_starved(self) -> bool:
        """Whether it waited for a core for longer than could be given back."""
        return self._waited >= self._most_back


class Lag:
    """Measures how long this thread was kept from a pipe that had something for it.

    A thread that waits for a pipe is woken at once. That it goes on later is because it then waits for a core, or for
    the interpreter, which other threads of this process hold while they compute.
    """

    def __init__(self) -> None:
        self._own = time.thread_time()
        self._all = time.process_time()
        self._waited = waited_seconds("thread-self")

    def seconds(self, elapsed: float) -> float:
        """How much of the time since this was made, which is `elapsed` seconds, that was at most."""
        others = (time.process_time() - self._all) - (time.thread_time() - self._own)
        return min(elapsed, max(0.0, others) + waited_seconds("thread-self") - self._waited)


def waited_seconds(process: int | str) -> float:
    """How long a process has been waiting for a processor that others had; 0 where the kernel does not say.

    That is no time of its own: a loaded machine must not make a right submission late.
    """
    try:
        waited = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[1]
        return int(waited) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


@functools.cache
def tells_waiting() -> bool:
    """Whether this system tells how long a process waited for a core."""
    return Path("/proc/self/schedstat").exists()
