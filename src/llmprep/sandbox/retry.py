"""Run a job, retrying once, alone, where other load may have spoilt the first run."""

from __future__ import annotations

import contextlib
import math
import signal
from dataclasses import replace
from enum import Enum
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.job import run_job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.limits import Limits
    from llmprep.sandbox.process import Worker

LOST = frozenset({"check.no_worker", "check.worker_not_ready"})
"""Faults of a worker or fork server that was lost or did not start: another may succeed."""


class Turn(Enum):
    """When a run that others may have spoilt is made again."""

    NOW = "now"
    """At once, while no other runs: of one submission, or of the bank's own code."""
    FIRST = "first"
    """Of many submissions: after the first turn of all of them, so that none keeps the others waiting."""
    LAST = "last"
    """This is that turn: every run is made alone, and counts."""


class PutOffError(Exception):
    """A submission has to be run again, in the last turn."""


class Gate:
    """Lets many jobs run at a time, or one alone."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = 0
        self._wanting_alone = 0

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Run beside others, once no job runs alone or waits to."""
        with self._changed:
            self._changed.wait_for(lambda: not self._wanting_alone)
            self._running += 1
        try:
            yield
        finally:
            self._leave()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Run while no other job does."""
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
    """The wall time that all runs on behalf of one submission may take together, and when they are made."""

    def __init__(self, seconds: float, turn: Turn = Turn.NOW) -> None:
        self.seconds, self._left, self.turn = seconds, seconds, turn
        self._is_used = False

    def has_room(self, limits: Limits) -> bool:
        """Return whether a run within these limits ends before the allowance does; the first run always may."""
        # A run is credited with its wall-clock limit once more at most.
        return not self._is_used or self._left >= 2 * limits.wall_seconds

    def most_back(self, limits: Limits) -> float | None:
        """Return the most seconds of waiting to credit to a run alone: all that is left, as the load is not its own.

        None where there is no end to the allowance.
        """
        return None if math.isinf(self._left) else max(limits.wall_seconds, self._left - limits.wall_seconds)

    def spend(self, job_result: JobResult) -> None:
        """Subtract a run."""
        self._is_used = True
        self._left -= job_result.wall_seconds


def run_with_retry(
    worker: Callable[[], Worker],
    job: dict[str, Any],
    limits: Limits,
    required_layers: Required,
    allowance: Allowance | None = None,
) -> JobResult:
    """Run a job; once more, while no other runs, if other load may have spoilt it.

    That may be so if the worker was killed without having reached a limit (if it killed itself, it gains nothing), if
    it or its fork server was lost, or if it exceeded only its wall-clock limit and was disturbed. The system
    tells whether it was; where that does not tell, it may always have been.

    Args:
        worker: starts a worker.
        job: as `run_job`.
        limits: what one run may take.
        required_layers: the layers that must be in force.
        allowance: the wall time that is left for the submission; None for work that is not on behalf of one.

    Raises:
        EnvironmentFault: a layer is missing, no worker can be started, the allowance is spent, or the machine has too
            little time or memory for the job.
        PutOffError: it is the submission's first turn, and the job is to be run again in the last.
    """
    allowance = allowance or Allowance(math.inf)
    if not allowance.has_room(limits):
        raise EnvironmentFault("check.no_time_left", seconds=allowance.seconds)
    if allowance.turn is not Turn.LAST:
        first = _run_beside_others(worker, job, limits, required_layers)
        if first is not None:
            allowance.spend(first)
            if not _may_be_spoilt(first) or not allowance.has_room(limits):
                return first
        if allowance.turn is Turn.FIRST:
            raise PutOffError
    with GATE.alone():
        killed_before = _killed_for_memory()
        second = run_job(worker(), job, replace(limits, most_back=allowance.most_back(limits)), required_layers)
        if _is_killed(second) and _killed_for_memory() > killed_before:
            raise EnvironmentFault("check.out_of_memory")
    allowance.spend(second)
    if second.stop == "wall" and second.was_starved:
        seconds = 2 * limits.wall_seconds if math.isinf(allowance.seconds) else allowance.seconds
        raise EnvironmentFault("check.no_time_left", seconds=seconds)
    return second


def _run_beside_others(
    worker: Callable[[], Worker], job: dict[str, Any], limits: Limits, required_layers: Required
) -> JobResult | None:
    """Run a job; return None if its worker or fork server was lost."""
    with GATE.shared():
        try:
            return run_job(worker(), job, limits, required_layers)
        except EnvironmentFault as error:
            if error.key not in LOST:
                raise
    return None


def _may_be_spoilt(job_result: JobResult) -> bool:
    return _is_killed(job_result) or (job_result.stop == "wall" and job_result.was_disturbed)


def _is_killed(job_result: JobResult) -> bool:
    return job_result.stop == "died" and job_result.signal == signal.SIGKILL


def _killed_for_memory() -> int:
    """Return how many processes the kernel has killed so far because memory ran out; 0 if unknown."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill":
                return int(count)
    return 0
