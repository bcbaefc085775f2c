"""The worker: takes a job on standard input, confines itself, runs the job, answers in frames, and exits.

A job is a plain mapping of its `kind`, its limits, and what the kind needs. The first frame of an answer is
`("ready", layers, cpu_seconds)`: the layers in force before any foreign code is touched. Standard output and error
belong to the foreign code.

`serve` runs a fork server: it never executes jobs, it forks one child per job. Data common to many jobs is preloaded
once and inherited by the children. It holds no secrets.
"""

from __future__ import annotations

import gc
import os
import platform
import signal
import struct
import sys
from typing import Any

import numpy as np

from llmprep.sandbox.codec import decode, encode
from llmprep.sandbox.worker import block, judge, submission
from llmprep.sandbox.worker.confine import seccomp
from llmprep.sandbox.worker.confine.apply import confine, prepare, time_zone_folders
from llmprep.sandbox.worker.frame_writer import ANSWER, CONTROL, JOB, RULESET, FrameWriter
from llmprep.sandbox.worker.remarks import remark_on
from llmprep.sandbox.worker.run_case import CLOCK
from llmprep.sandbox.worker.step_watch import StepWatch
from llmprep.sandbox.worker.uninitialized import fill_uninitialized
from llmprep.values import Arguments, Array

RUNNERS = {"submission": submission.run, "cases": judge.run, "properties": judge.judge_properties, "block": block.run}


def _read(descriptor: int, size: int) -> bytes:
    """Return so many bytes, or fewer if no more come."""
    data, at = bytearray(size), 0
    # In place: a pipe returns 64 KiB at a time, and appending each piece would copy the others again.
    while at < size and (more := os.readv(descriptor, [memoryview(data)[at:]])):
        at += more
    return bytes(memoryview(data)[:at])


def _receive(descriptor: int) -> Any:
    """Return a mapping: eight bytes of length, then its encoding. None if the other end went away."""
    header = _read(descriptor, 8)
    return decode(_read(descriptor, struct.unpack("<Q", header)[0])) if len(header) == 8 else None


def _understand(job: dict[str, Any]) -> dict[str, Any]:
    """Return a job, or the shared part of jobs, with the cases' inputs decoded."""
    if job.get("kind") == "submission":
        job["plans"] = [decode(given) for given in job.pop("inputs")]
    return job


def _do_job(ruleset: int, answer: FrameWriter, preloaded: dict[str, Any], parent: int) -> None:
    """Run one job and end this process, whose parent is `parent` unless that is gone."""
    job = _receive(JOB)
    if job is None:
        # The parent went away, or never needed a worker.
        os._exit(0)
    job = {**preloaded, **job} if job.get("preloaded") else _understand(job)
    preloaded.clear()  # a judge must not find the submissions' inputs in a stack frame
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, JOB)
    os.close(nothing)
    sys.stdout = sys.stderr = answer.stream
    if job["kind"] == "cases":
        job["watch"] = StepWatch(job.get("step_seconds", 0.0), answer)
    layers = confine(ruleset, cpu_seconds=job["cpu_seconds"], memory_bytes=job["memory_bytes"])
    if os.getppid() != parent:
        # The parent ended before this process was set to die with it: no process would end what runs here.
        os._exit(0)
    answer("ready", layers, CLOCK())
    if set(job["required"]) - set(layers):
        # The parent reports it. Foreign code must not run here.
        os._exit(0)
    fill_uninitialized()
    if job.get("remarks"):
        of_numpy = os.path.dirname(np.__file__)  # noqa: PTH120
        remark_on(answer, (sys.prefix, sys.base_prefix, of_numpy, *time_zone_folders()))
    RUNNERS[job["kind"]](job, answer)
    answer("end")
    os._exit(0)


def _settle(hidden: list[str]) -> int:
    """Drop what foreign code must not reach; return the Landlock ruleset's descriptor, or -1."""
    ruleset = prepare(os.path.dirname(np.__file__))  # noqa: PTH120
    if ruleset not in (-1, RULESET):
        os.dup2(ruleset, RULESET)
        os.close(ruleset)
        ruleset = RULESET
    sys.path[:] = [path for path in sys.path if path not in hidden]
    for name in [name for name in sys.modules if name.partition(".")[0] == "llmprep"]:
        del sys.modules[name]
    return ruleset


def main(hidden: list[str]) -> None:
    """Run the one job that arrives on standard input."""
    parent = os.getppid()
    _do_job(_settle(hidden), FrameWriter(), {}, parent)


def _warm_up() -> None:
    """Run a small job of our own, so that every child inherits what is loaded or computed at first use.

    It halves the cost of a child. Ten runs save another tenth, since Python has specialized its instructions by then.
    Nothing foreign runs here, and no child sees what another did.
    """
    np.random.seed(0)  # noqa: NPY002  (numpy's generators)
    np.linalg.__name__, np.ma.__name__  # noqa: B018  (np.unique wants the latter, which takes 20 ms to load)
    if seccomp.available():
        seccomp.program(platform.machine(), 0)
    plan = Arguments((Array("float64", (2, 3), bytes(48), "C"),), {"axis": 0})
    job = {
        "kind": "submission",
        "source": "import numpy as np\ndef entry(x, axis):\n    return [np.exp(x).sum(axis=axis), float(x.max())]\n",
        "helpers": "",
        "entry": "entry",
        "inputs": [encode(plan)] * 10,
        "again": [0],
        "answer_bytes": 1 << 20,
        "remarks": True,
    }
    discarded = _Discarding()
    for _ in range(10):
        submission.run(_understand(decode(encode(job))), discarded)
    del sys.modules["submission"]


class _Discarding(FrameWriter):
    """A frame writer whose frames go nowhere."""

    def __call__(self, *fields: Any) -> None:
        """Encode a frame and drop it."""
        self._encode(fields)


def serve(hidden: list[str]) -> None:
    """Fork a child for each job, one at a time, until the parent closes its end.

    - "f" with three descriptors (the job to read, the answer and the output to write): fork; reply with the child's
      process id, or minus an error number.
    - "e": kill the child if it still runs; reply with its wait status and CPU seconds.
    - "t" and a mapping, between children: preload what the next jobs have in common.
    """
    import socket  # not above: a worker for one job starts without it

    ruleset = _settle(hidden)
    control = socket.socket(fileno=CONTROL)
    _warm_up()
    answer = FrameWriter()
    preloaded: dict[str, Any] = {}
    gc.collect()
    gc.freeze()
    # Errors up to here were read by the parent; from now on no process reads there.
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)
    child, own = 0, os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 3)
        if message == b"f":
            try:
                child = os.fork()
            except OSError as error:
                for descriptor in descriptors:
                    os.close(descriptor)
                control.sendall(struct.pack("<q", -(error.errno or 1)))
                continue
            if child == 0:
                os.setsid()
                for number, descriptor in zip((JOB, 1, 2, ANSWER), [*_ordered(descriptors)], strict=True):
                    os.dup2(descriptor, number)
                os.closerange(CONTROL, 4096)
                _do_job(ruleset, answer, preloaded, own)
            for descriptor in descriptors:
                os.close(descriptor)
            control.sendall(struct.pack("<q", child))
        elif message == b"t":
            preloaded = _understand(_receive(CONTROL))
            gc.collect()  # objects that are frozen before they are collected are never freed
            gc.freeze()
        elif message == b"e":
            _, status, usage = _end(child)
            child = 0
            control.sendall(struct.pack("<qd", status, usage.ru_utime + usage.ru_stime))
        else:
            if child:
                _end(child)
            os._exit(0)


def _ordered(descriptors: list[int]) -> tuple[int, int, int, int]:
    """Return the descriptors for 0, 1, 2 and 3."""
    job, answer, printed = descriptors
    return job, printed, printed, answer


def _end(child: int) -> Any:
    """Kill a child and its session, whatever state they are in, and wait for it."""
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # The latter on macOS, of a group whose processes have all ended.
            continue
    return os.wait4(child, 0)
