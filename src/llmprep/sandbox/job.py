"""Run a job in a worker, within limits that the parent enforces.

Whatever the worker's process does, the result is a `JobResult`: its frames are decoded, never believed, and the process
and its session are gone when it is returned.
"""

from __future__ import annotations

import contextlib
import signal
import struct
import time
from typing import TYPE_CHECKING, Any

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.codec import RECORDS, encode
from llmprep.sandbox.frames import FrameReader
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.layers import ANY_LAYERS
from llmprep.sandbox.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.limits import Limits
    from llmprep.sandbox.process import Worker

NEARLY = 0.9
"""The share of the CPU limit above which a kill is attributed to that limit."""
START_CPU_SECONDS = 1
"""CPU time that a worker may take to get ready."""


OWN = ("source", "only")
"""The parts of a submission's job that the next one does not share."""
OUTCOMES = "RU"
"""The records that a submission's outputs may hold; only bank code has use for the others."""


def run_job(
    worker: Worker,
    job: dict[str, Any],
    limits: Limits,
    required_layers: Required = ANY_LAYERS,
    clock: Callable[[], float] = time.monotonic,
) -> JobResult:
    """Run a job.

    Args:
        worker: is started here, and has ended afterwards.
        job: its kind and what that needs; limits and layers are filled in here.
        limits: what it may take.
        required_layers: the layers that must be in force; where one is missing, the worker ends before foreign code
            begins.
        clock: seconds, for the wall-clock limits.

    Raises:
        EnvironmentFault: the worker never became ready, or a layer is missing.
    """
    whole = {
        **job,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
        "answer_bytes": limits.answer_bytes,
        "required": list(required_layers.layers),
    }
    foreign = job["kind"] == "submission"
    # A judge's job may hold a submission's answers, so nothing of it is preloaded for later workers.
    common = {name: value for name, value in whole.items() if name not in OWN} if foreign else {}
    job_result = JobResult()
    try:
        if foreign:
            _raise_if_promised_too_much(limits)
        if worker.begin(common):
            whole = {"preloaded": True, **{name: whole[name] for name in OWN if name in whole}}
        body = encode(whole)
        frames = FrameReader(limits.answer_bytes, OUTCOMES if foreign else "".join(RECORDS), foreign=foreign)
        listener = Listener(worker, frames, limits, clock, job_result)
        listener.listen(struct.pack("<Q", len(body)) + body, required_layers)
    finally:
        _end(worker, job_result)
    if not job_result.layers and job_result.stop != "finished":
        reason = job_result.printed.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise EnvironmentFault("check.worker_not_ready", reason=" ".join(reason) or f"signal {job_result.signal}")
    if job_result.stop != "printed" and _used_up(job_result, limits):
        job_result.stop = "cpu"
    return job_result


def _raise_if_promised_too_much(limits: Limits) -> None:
    """Raise if this process, and so a worker, may take less than a submission may: the submission would be blamed.

    Raises:
        EnvironmentFault: a hard limit of this process is lower.
    """
    with contextlib.suppress(ImportError):
        import resource

        seconds, memory = (resource.getrlimit(number)[1] for number in (resource.RLIMIT_CPU, resource.RLIMIT_AS))
        if seconds != resource.RLIM_INFINITY and seconds < limits.cpu_seconds + START_CPU_SECONDS:
            facts = {"have": seconds, "need": limits.cpu_seconds + START_CPU_SECONDS}
            raise EnvironmentFault("check.held_to_less_time", **facts)
        if memory != resource.RLIM_INFINITY and memory < limits.memory_bytes:
            raise EnvironmentFault("check.held_to_less_memory", have=memory >> 20, need=limits.memory_bytes >> 20)


def _used_up(job_result: JobResult, limits: Limits) -> bool:
    """Return whether a worker used up its CPU time, even if it finished.

    The process's own limit is in whole seconds, rounded up. The kernel enforces it by the ticks that find the process
    running, so that the kill may come a little before the exact account is full.
    """
    killed = job_result.stop == "died" and job_result.signal == signal.SIGKILL
    return job_result.cpu_seconds >= limits.cpu_seconds * (NEARLY if killed else 1.0)


def _end(worker: Worker, job_result: JobResult) -> None:
    """Leave no process, pipe or zombie behind, and note what the process used by the kernel's account.

    The process is killed in any case: a submission may have sent "end" itself and sleep on.
    """
    ended = worker.end()
    job_result.cpu_seconds += ended.cpu_seconds
    job_result.signal = max(0, -ended.exit_code)
