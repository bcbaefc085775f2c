"""Has a job done with the patience that a shared machine needs: once more, alone, where others may have spoilt it."""

from __future__ import annotations

import contextlib
import math
import signal
from dataclasses import replace
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.job import converse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.sandbox.job import Limits, Transcript
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker

LOST = frozenset({"check.no_worker", "check.worker_not_ready"})
"""Faults of a worker or fork server that went away, or did not come: another may."""

COMPUTING = 0.25
"""The share of its CPU time from which on a worker that is late does not just wait or sleep."""


class Gate:
    """Lets many jobs run at a time, or one alone."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = 0
        self._wanting_alone = 0

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Run beside others, once nobody runs alone or waits for that."""
        with self._changed:
            self._changed.wait_for(lambda: not self._wanting_alone)
            self._running += 1
        try:
            yield
        finally:
            self._leave()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Run while no other does."""
        with self._changed:
            self._wanting_alone += 1
            try:
                self._changed.wait_for(lambda: not self._running)
                self._running += 1
            except BaseException:  # an interrupt: the others are to go on
                self._wanting_alone -= 1
                self._changed.notify_all()
                raise
        try:
            yield
        finally:
            self._leave(alone=1)

    def _leave(self, alone: int = 0) -> None:
        with self._changed:
            self._running -= 1
            self._wanting_alone -= alone
            self._changed.notify_all()


GATE = Gate()
"""One for all threads of this process, which share the machine."""


class Allowance:
    """The wall time that all runs on behalf of one submission may take together; the one cap on it."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._left = seconds, seconds
        self._is_used = False

    def has_room(self, limits: Limits) -> bool:
        """Whether a run within these limits ends before the allowance does; the first always may be made."""
        # A run is given its wall-clock limit a second time at most, for waiting that is not its own.
        return not self._is_used or self._left >= 2 * limits.wall_seconds

    def most_back(self, limits: Limits) -> float | None:
        """Seconds that a run alone may be given back for waiting: all that is left, as the load is not of our making.

        None where there is no end to the allowance.
        """
        return None if math.isinf(self._left) else max(limits.wall_seconds, self._left - limits.wall_seconds)

    def spend(self, transcript: Transcript) -> None:
        """Take note of a run."""
        self._is_used = True
        self._left -= transcript.wall_seconds


def converse_twice(
    worker: Callable[[], Worker],
    job: dict[str, Any],
    limits: Limits,
    acceptable: Required,
    allowance: Allowance | None = None,
) -> Transcript:
    """Have a job done; once more, while no other runs, if others may have spoilt it.

    That is so if the worker was killed and had reached no limit (by somebody else, or else by itself, for which it
    gains nothing), if it or its fork server was lost, or if it missed only its wall-clock limit, and was kept
    waiting or did not just sleep.

    Args:
        worker: starts a worker.
        job: what is to be done.
        limits: what one run may take.
        acceptable: the layers that must be in force.
        allowance: the wall time that is left for the submission; None for work that is not on one's behalf.

    Raises:
        EnvironmentFault: a layer is missing, no worker can be started, the allowance is spent, or the machine has too
            little time or memory for the job.
    """
    allowance = allowance or Allowance(math.inf)
    if not allowance.has_room(limits):
        raise EnvironmentFault("check.no_time_left", seconds=allowance.seconds)
    first = None
    with GATE.shared():
        try:
            first = converse(worker(), job, limits, acceptable)
        except EnvironmentFault as error:
            if error.key not in LOST:
                raise
    if first is not None:
        allowance.spend(first)
        if not _may_be_spoilt(first, limits) or not allowance.has_room(limits):
            return first
    with GATE.alone():
        killed_before = _killed_for_memory()
        second = converse(worker(), job, replace(limits, most_back=allowance.most_back(limits)), acceptable)
        if _is_killed(second) and _killed_for_memory() > killed_before:
            raise EnvironmentFault("check.out_of_memory")
    allowance.spend(second)
    if second.stop == "wall" and second.was_starved:
        seconds = 2 * limits.wall_seconds if math.isinf(allowance.seconds) else allowance.seconds
        raise EnvironmentFault("check.no_time_left", seconds=seconds)
    return second


def _may_be_spoilt(transcript: Transcript, limits: Limits) -> bool:
    # What computes, and does not come to its end, may be on a machine that was taken away from under us.
    computes = transcript.cpu_seconds >= COMPUTING * limits.cpu_seconds
    return _is_killed(transcript) or (transcript.stop == "wall" and (transcript.was_disturbed or computes))


def _is_killed(transcript: Transcript) -> bool:
    return transcript.stop == "died" and transcript.signal == signal.SIGKILL


def _killed_for_memory() -> int:
    """How many processes the kernel has killed so far because memory ran out; 0 where it does not tell."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill":
                return int(count)
    return 0
