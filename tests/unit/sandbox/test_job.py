"""Whatever a worker's process does, there is a result, in time, and nothing of it stays."""

import contextlib
import faulthandler
import os
import selectors
import signal
import struct
import time
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from llmprep.errors import EnvironmentFault
from llmprep.sandbox import listener
from llmprep.sandbox.codec import encode
from llmprep.sandbox.frames import FrameReader
from llmprep.sandbox.job import run_job
from llmprep.sandbox.layers import Required
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.listener import KEEP_PRINTED
from llmprep.sandbox.process import WorkerExit
from llmprep.values import Generator, Raised

LIMITS = Limits(cpu_seconds=5, wall_seconds=60, answer_bytes=100_000, printed_bytes=10_000)
SHORT = replace(LIMITS, wall_seconds=0.6)
"""For plays that are to miss it: any other might, on a machine that stands still for a moment."""
READY = ("ready", ("rlimits", "seccomp"), 0.0)
JOB = {"kind": "submission"}


def frame(*fields):
    """A frame's bytes."""
    body = encode(fields)
    return struct.pack("<Q", len(body)) + body


class Puppet:
    """A worker whose process does what a test says, with the three pipes that a real one has."""

    started: ClassVar[list[int]] = []

    def __init__(self, play):
        job, self.job = os.pipe()
        self.answer, answer = os.pipe()
        self.printed, printed = os.pipe()
        self.pid = os.fork()
        self.started.append(self.pid)
        if self.pid == 0:
            with contextlib.suppress(BaseException):
                faulthandler.disable()
                os.setsid()
                for descriptor in (self.job, self.answer, self.printed):
                    os.close(descriptor)
                play(answer, printed, job)
            os._exit(0)
        for descriptor in (job, answer, printed):
            os.close(descriptor)

    def begin(self, common):
        """Nothing: it has begun."""
        return False

    def end(self):
        """Kill it and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        for descriptor in (self.job, self.answer, self.printed):
            os.close(descriptor)
        return WorkerExit(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)


def says(*pieces, stay=0.0):
    """A play: write these bytes to the answer's pipe, then perhaps stay."""

    def play(answer, printed, job):
        for piece in pieces:
            os.write(answer, piece)
        time.sleep(stay)

    return play


def _descriptors():
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


@pytest.fixture(autouse=True)
def _nothing_left():
    """Every test ends with the descriptors that it began with, and has waited for each of its children.

    Only for its own: another test of the same run may keep a fork server for longer than it lasts itself.
    """
    before = _descriptors() if Path("/proc/self/fd").exists() else None
    Puppet.started.clear()
    yield
    if before is not None:
        assert _descriptors() == before
    for pid in Puppet.started:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_a_worker_that_says_end_has_finished():
    """Frames come in order, without the first and the last, which are the worker's own."""
    job_result = run_job(Puppet(says(frame(*READY), frame("case", 1), frame("end"))), JOB, LIMITS)
    assert job_result.stop == "finished"
    assert job_result.layers == READY[1]
    assert job_result.frames == [("case", 1)]


@pytest.mark.parametrize("cuts", [1, 3, 7])
def test_frames_come_in_any_pieces(cuts):
    """Where a frame is cut in transit makes no difference."""
    data = frame(*READY) + frame("case", [1.5, "text"]) + frame("end")
    pieces = [data[at : at + cuts] for at in range(0, len(data), cuts)]
    job_result = run_job(Puppet(says(*pieces)), JOB, LIMITS)
    assert (job_result.stop, job_result.frames) == ("finished", [("case", [1.5, "text"])])


def test_a_worker_that_never_gets_ready_is_the_machines_fault(monkeypatch):
    """Its last words are the reason."""

    def play(answer, printed, job):
        os.write(printed, b"one\nno numpy here\n")

    with pytest.raises(EnvironmentFault) as caught:
        run_job(Puppet(play), JOB, LIMITS)
    assert caught.value.facts["reason"] == "no numpy here"
    monkeypatch.setattr(listener, "START_SECONDS", 0.3)
    with pytest.raises(EnvironmentFault):
        run_job(Puppet(says(stay=60)), {**JOB, "source": "x" * 1_000_000}, LIMITS)


@pytest.mark.parametrize(
    ("data", "stop"),
    [
        (struct.pack("<Q", 8) + b"\xff" * 8, "malformed"),
        (struct.pack("<Q", 1) + b"N", "malformed"),
        (frame(1, 2), "malformed"),
        (struct.pack("<Q", 6) + b"t\0\0\0\0N", "malformed"),
        (frame("case", Generator(1)), "malformed"),
        (struct.pack("<Q", 2**60), "answer"),
        (struct.pack("<Q", 2**64 - 1), "answer"),
        (frame("case", [None] * 5000), "answer"),
        (frame("case") * 5000, "answer"),
        (frame("case", b"x" * 60_000) * 2, "answer"),
    ],
)
def test_bad_frames_end_the_conversation(data, stop):
    """What came before them stays answers, even where it came in one piece with them."""
    job_result = run_job(Puppet(says(frame(*READY) + frame("case", 7) + data, stay=60)), JOB, LIMITS)
    assert job_result.stop == stop
    assert job_result.layers == READY[1]
    assert job_result.frames[0] == ("case", 7)


def test_bank_code_may_send_every_record():
    """Only a submission's answers are held to exceptions and unsupported types."""
    said = [frame(*READY), frame("inputs", Generator(1)), frame("end")]
    assert run_job(Puppet(says(*said)), {"kind": "cases"}, LIMITS).frames == [("inputs", Generator(1))]
    raised = frame("case", Raised(("ValueError",), "x"))
    assert run_job(Puppet(says(frame(*READY), raised, frame("end"))), JOB, LIMITS).stop == "finished"


@pytest.mark.parametrize(
    "rest",
    [
        (),
        (frame("case", 1)[:-2],),
        (frame("case", 1), frame("end")),
        (b"\x05",),
    ],
)
def test_silence_is_waited_for_and_no_longer(rest):
    """A worker that stays, whatever it has said, is stopped at the limit."""
    begun = time.monotonic()
    job_result = run_job(Puppet(says(frame(*READY), *rest, stay=60)), JOB, SHORT)
    assert job_result.stop == "wall"
    assert 0.5 < time.monotonic() - begun < 30


def test_who_waits_for_us_is_not_late(monkeypatch):
    """A worker with much to say stands at a full pipe: what keeps us from it is not its time."""
    value = bytes(4 << 20)
    feed = FrameReader.feed

    delays = iter([1.5 * SHORT.wall_seconds / 4] * 4)

    def slow(frames, data):
        # Longer in all than the limit, and less than twice as long, in however many pieces it comes.
        if len(data) > 1000:
            time.sleep(next(delays, 0.0))
        return feed(frames, data)

    monkeypatch.setattr(FrameReader, "feed", slow)
    said = says(frame(*READY), frame("case", value), frame("end"))
    limits = replace(SHORT, answer_bytes=32 << 20)
    begun = time.monotonic()
    job_result = run_job(Puppet(said), JOB, limits)
    assert (job_result.stop, job_result.frames) == ("finished", [("case", value)])
    assert time.monotonic() - begun > SHORT.wall_seconds


@pytest.mark.parametrize("channel", ["answer", "printed", "both"])
def test_a_full_pipe_buys_no_time(channel):
    """Who fills the pipe now and then, and rests in between, is stopped as if it only rested."""

    def play(answer, printed, job):
        os.write(answer, frame(*READY))
        os.write(answer, struct.pack("<Q", 30 << 20))
        for number in range(30):
            to = {"answer": answer, "printed": printed, "both": (answer, printed)[number % 2]}[channel]
            data = memoryview(bytes(700 << 10))
            while data:
                data = data[os.write(to, data) :]
            time.sleep(0.2)

    limits = replace(SHORT, answer_bytes=64 << 20, printed_bytes=64 << 20)
    job_result = run_job(Puppet(play), JOB, limits)
    assert job_result.stop == "wall"
    assert job_result.wall_seconds < 30 * 0.2 / 2


def test_a_machine_that_stood_still_is_not_held_against_a_worker(monkeypatch):
    """It was suspended, or we were: nobody watched meanwhile, and what the worker said is still there."""
    leaps = iter([0.0])

    def clock():
        return time.monotonic() + stood

    stood = 0.0
    select = selectors.DefaultSelector.select

    def suspended(selector, timeout=None):
        nonlocal stood
        found = select(selector, timeout)
        if not found and next(leaps, None) is not None:
            stood = 3600.0
        return found

    monkeypatch.setattr(selectors.DefaultSelector, "select", suspended)

    def play(answer, printed, job):
        os.write(answer, frame(*READY))
        time.sleep(1.2)
        os.write(answer, frame("end"))

    job_result = run_job(Puppet(play), JOB, replace(LIMITS, wall_seconds=30.0), clock=clock)
    assert stood
    assert job_result.stop == "finished"
    assert job_result.wall_seconds < 30


def test_start_is_waited_for_so_long_and_no_longer(monkeypatch):
    """Also on a machine that keeps the worker waiting, and where it prints meanwhile."""

    def play(answer, printed, job):
        while True:
            os.write(printed, b"x")
            time.sleep(0.01)

    monkeypatch.setattr(listener, "START_SECONDS", 0.3)
    monkeypatch.setattr(listener, "waited_seconds", lambda _: 1e9)
    begun = time.monotonic()
    with pytest.raises(EnvironmentFault):
        run_job(Puppet(play), JOB, LIMITS)
    assert time.monotonic() - begun < 30


def test_waiting_for_a_core_buys_the_limit_once_more_at_most(monkeypatch):
    """However long it has waited."""
    waited = iter([0.0])
    monkeypatch.setattr(listener, "waited_seconds", lambda _: next(waited, 1e9))
    job_result = run_job(Puppet(says(frame(*READY), stay=60)), JOB, SHORT)
    assert job_result.stop == "wall"
    assert job_result.was_disturbed
    assert 2 * SHORT.wall_seconds <= job_result.wall_seconds < 30


def test_a_worker_that_lets_go_of_its_pipes_is_not_waited_for():
    """Once nothing more can come, what was said counts, and the process goes."""

    def play(answer, printed, job):
        os.write(answer, frame(*READY) + frame("end"))
        os.close(answer)
        os.close(printed)
        os.close(job)
        time.sleep(60)

    begun = time.monotonic()
    assert run_job(Puppet(play), JOB, LIMITS).stop == "finished"
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("rest", [(frame("end"), frame("end")[:3]), (frame("end"), frame("case", 1)), ()])
def test_end_must_be_the_last_word(rest):
    """Anything after it, or nothing at all, is no finish."""
    assert run_job(Puppet(says(frame(*READY), *rest)), JOB, LIMITS).stop == "died"


def test_two_ends_are_one_too_many():
    """The first of them stays among the frames, where it has no place."""
    assert run_job(Puppet(says(frame(*READY), frame("end") * 2)), JOB, LIMITS).frames == [("end",)]


def test_prints_are_counted_and_capped():
    """A flood is stopped at the limit; what is kept is its beginning."""

    def play(answer, printed, job):
        os.write(answer, frame(*READY))
        while True:
            os.write(printed, b"x" * 4096)

    job_result = run_job(Puppet(play), JOB, LIMITS)
    assert job_result.stop == "printed"
    assert LIMITS.printed_bytes < job_result.printed_total < 1 << 20
    assert len(job_result.printed) <= KEEP_PRINTED


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT, 40, signal.SIGRTMAX])
def test_a_death_by_signal_is_told(number):
    """Also by one that has no name."""

    def play(answer, printed, job):
        os.write(answer, frame(*READY))
        os.kill(os.getpid(), number)

    job_result = run_job(Puppet(play), JOB, LIMITS)
    assert (job_result.stop, job_result.signal) == ("died", int(number))


@pytest.mark.parametrize(
    ("seconds", "number", "stop"),
    [
        (5.0, signal.SIGKILL, "cpu"),
        (4.6, signal.SIGKILL, "cpu"),
        (4.4, signal.SIGKILL, "died"),
        (4.6, signal.SIGSEGV, "died"),
    ],
)
def test_a_kill_near_the_cpu_limit_is_the_kernels_for_it(seconds, number, stop):
    """It holds processes to that limit by the ticks that find them running, and may be a little early."""

    class Used(Puppet):
        def end(self):
            super().end()
            return WorkerExit(-number, seconds)

    assert run_job(Used(says(frame(*READY))), JOB, LIMITS).stop == stop


def test_a_stopped_worker_is_killed():
    """SIGSTOP keeps it from using any time, and from nothing else."""

    def play(answer, printed, job):
        os.write(answer, frame(*READY))
        os.kill(os.getpid(), signal.SIGSTOP)

    job_result = run_job(Puppet(play), JOB, SHORT)
    assert (job_result.stop, job_result.signal) == ("wall", signal.SIGKILL)


def test_layers_that_do_not_suffice_end_the_worker():
    """The parent says which are missing, whatever the worker says next, and nothing is left."""
    with pytest.raises(EnvironmentFault) as caught:
        run_job(Puppet(says(frame(*READY), frame("end"), stay=60)), JOB, LIMITS, Required(("seccomp", "landlock")))
    assert caught.value.facts["layers"] == ["landlock"]
