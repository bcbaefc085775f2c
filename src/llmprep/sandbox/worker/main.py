"""The worker: takes a job on standard input, confines itself, does the job, answers in frames, and is gone.

A job is a plain mapping. It names its `kind`, its limits, and what the kind needs. The first frame of an answer says
`("ready", layers, cpu_seconds)`: what is in force before any foreign code was looked at. Standard output and error are
the foreign code's.

A worker started for many jobs (`serve`) does none itself: it forks a child for each, warm and without a secret. What
many jobs have in common it is taught once, so that its children are born with it.
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
from llmprep.sandbox.worker.answer import ANSWER, CONTROL, JOB, RULESET, Answer
from llmprep.sandbox.worker.confine import seccomp
from llmprep.sandbox.worker.confine.apply import confine, prepare
from llmprep.sandbox.worker.remarks import remark_on
from llmprep.sandbox.worker.run_case import CLOCK
from llmprep.sandbox.worker.uninitialized import fill_uninitialized
from llmprep.values import Arguments, Array

KINDS = {"submission": submission.run, "cases": judge.run, "properties": judge.judge_properties, "block": block.run}


def _read(descriptor: int, size: int) -> bytes:
    """So many bytes, or fewer if no more come."""
    data, at = bytearray(size), 0
    # Into place: a pipe gives them 64 KiB at a time, and to put each piece behind the others would copy those again.
    while at < size and (more := os.readv(descriptor, [memoryview(data)[at:]])):
        at += more
    return bytes(memoryview(data)[:at])


def _receive(descriptor: int) -> Any:
    """A mapping: eight bytes of length, then its encoding. None if the other end went away."""
    header = _read(descriptor, 8)
    return decode(_read(descriptor, struct.unpack("<Q", header)[0])) if len(header) == 8 else None


def _understand(job: dict[str, Any]) -> dict[str, Any]:
    """A job, or what jobs have in common, with the cases' inputs as plain values in place of their encodings."""
    if job.get("kind") == "submission":
        job["plans"] = [decode(given) for given in job.pop("inputs")]
    return job


def _do_job(ruleset: int, answer: Answer, taught: dict[str, Any], parent: int) -> None:
    """Do one job and end this process, whose parent is `parent` unless that is gone."""
    job = _receive(JOB)
    if job is None:
        # The parent went away, or never needed a worker.
        os._exit(0)
    job = {**taught, **job} if job.get("taught") else _understand(job)
    taught.clear()  # a judge is not to find in a frame what submissions are given
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, JOB)
    os.close(nothing)
    sys.stdout = sys.stderr = answer.stream
    layers = confine(ruleset, cpu_seconds=job["cpu_seconds"], memory_bytes=job["memory_bytes"])
    if os.getppid() != parent:
        # It went before this process was set to die with it: nobody would end what runs here.
        os._exit(0)
    answer("ready", layers, CLOCK())
    if set(job["required"]) - set(layers):
        # The parent will say so. Foreign code is not to run here.
        os._exit(0)
    fill_uninitialized()
    if job.get("remarks"):
        remark_on(answer, (sys.prefix, sys.base_prefix, os.path.dirname(np.__file__)))  # noqa: PTH120
    KINDS[job["kind"]](job, answer)
    answer("end")
    os._exit(0)


def _settle(hidden: list[str]) -> int:
    """Let go of what foreign code has no business with; the Landlock ruleset's descriptor, or -1."""
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
    """Do the one job that arrives on standard input."""
    parent = os.getppid()
    _do_job(_settle(hidden), Answer(), {}, parent)


def _warm_up() -> None:
    """Do a small job of our own: what is loaded or worked out at first use is then there for every child.

    It halves what a child costs, and done ten times it takes off another tenth, since Python has by then put quick
    instructions in place of general ones. (Nothing foreign runs here, and what a child does is not seen by the next.)
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
    unheard = _Unheard()
    for _ in range(10):
        submission.run(_understand(decode(encode(job))), unheard)
    del sys.modules["submission"]


class _Unheard(Answer):
    """An answer that nobody reads."""

    def __call__(self, *fields: Any) -> None:
        """Make a frame and send it nowhere."""
        self._encode(fields)


def serve(hidden: list[str]) -> None:
    """Fork a child for each job, and answer for it.

    The parent sends "f" with three descriptors (the job to read, the answer and the prints to write) and is told the
    child's process id, or minus an error's number if there can be none; then "e", upon which the child is killed if it
    still runs, and the parent is told its wait status and CPU seconds. One child at a time. "t" and a mapping, between
    children, is what the jobs to come have in common. When the parent's end closes, this process ends.
    """
    import socket  # not above: a worker for one job starts without it

    ruleset = _settle(hidden)
    control = socket.socket(fileno=CONTROL)
    _warm_up()
    answer = Answer()
    taught: dict[str, Any] = {}
    gc.collect()
    gc.freeze()
    # What kept it from getting this far, the parent has read. From now on nobody reads there.
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
                _do_job(ruleset, answer, taught, own)
            for descriptor in descriptors:
                os.close(descriptor)
            control.sendall(struct.pack("<q", child))
        elif message == b"t":
            taught = _understand(_receive(CONTROL))
            gc.collect()  # what is frozen before it is collected is never let go
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
    """What goes to 0, 1, 2 and 3."""
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
