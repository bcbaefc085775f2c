"""Gives a worker its job and hears it out, within limits that the parent keeps.

Whatever the worker's process does, a `Transcript` comes of it: what it says is decoded, never believed, and the process
and its session are gone when it is returned.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from llmprep.errors import EnvironmentFault
from llmprep.record import Record, record
from llmprep.sandbox.codec import DEEPEST_ANSWER, RECORDS, VALUE_BYTES, Decoder, TooManyValuesError, WireError, encode
from llmprep.sandbox.layers import Required
from llmprep.sandbox.wall import SLICE, Lag, WallClock, tells_waiting, waited_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.sandbox.process import Worker

Stop = Literal["finished", "died", "cpu", "wall", "printed", "answer", "malformed"]

KEEP_PRINTED = 64 << 10
"""Bytes of what a submission printed that are kept to be shown."""
ANY_LAYERS = Required()
GATHER_SECONDS = 0.001
MUCH = 16 << 10
"""Bytes in one read that show a worker in full flow, which must not be kept waiting for its pipe to be emptied."""
NEARLY = 0.9
"""The share of the CPU limit from which on a kill is taken to be for it."""
ROOM, MORE_ROOM = 64 << 10, 1 << 20
"""Bytes that a pipe holds, and may hold: a worker with much to say is not to wait for us every time."""
START_CPU_SECONDS = 1
"""CPU time that a worker may take until it is ready."""
START_SECONDS = 60.0
"""A worker that is not ready by then never will be, whatever kept it."""


@record()
class Limits(Record):
    """What one job may take."""

    cpu_seconds: float = 4.0
    wall_seconds: float = 6.0
    most_back: float | None = None
    """Seconds of waiting for others that are given back at most; None for `wall_seconds` once more."""
    memory_bytes: int = 1 << 30
    answer_bytes: int = 64 << 20
    printed_bytes: int = 1 << 20


@dataclass(slots=True)
class Transcript:
    """What came of a job."""

    stop: Stop = "died"
    """Why it ended; only `finished` means that the worker said so itself."""
    layers: tuple[str, ...] = ()
    frames: list[tuple[Any, ...]] = field(default_factory=list)
    printed: bytes = b""
    printed_total: int = 0
    cpu_seconds: float = 0.0
    """CPU time from the moment before foreign code was looked at, by the kernel's account."""
    wall_seconds: float = 0.0
    """How long it took, its start included."""
    was_disturbed: bool = True
    """Whether a run that took too long may have been kept from its end by others."""
    was_starved: bool = False
    """Whether it waited for a core for longer than could be given back."""
    signal: int = 0
    """The signal that ended the process, or 0."""


OWN = ("source", "only")
"""What one submission's job does not share with the next one's."""
OUTCOMES = "RU"
"""The records that a submission's outputs may hold; only bank code has use for the others."""


class _Frames:
    """Takes bytes as they come and gives out whole frames."""

    def __init__(self, limit: int, records: str, *, foreign: bool) -> None:
        self.buffer = bytearray()
        self.limit = limit
        self.total = 0
        self.decoder = Decoder(limit // VALUE_BYTES, DEEPEST_ANSWER, records, foreign=foreign)

    def feed(self, data: bytes) -> Iterator[tuple[Any, ...]]:
        """The frames that are complete now, one by one: those before a bad one were said all the same.

        Raises:
            WireError: what came is no frame.
            OverflowError: more came than an answer may hold.
        """
        self.buffer += data
        self.total += len(data)
        if self.total > self.limit:
            raise OverflowError
        start = 0
        while len(self.buffer) - start >= 8:  # noqa: PLR2004  (a frame's length)
            (size,) = struct.unpack_from("<Q", self.buffer, start)
            if size > self.limit:
                raise OverflowError
            if len(self.buffer) - start - 8 < size:
                break
            try:
                frame = self.decoder.decode(bytes(self.buffer[start + 8 : start + 8 + size]))
            except TooManyValuesError:
                raise OverflowError from None
            if type(frame) is not tuple or not frame or type(frame[0]) is not str:
                raise WireError("no frame")
            yield frame
            start += 8 + size
        del self.buffer[:start]


def converse(
    worker: Worker,
    job: dict[str, Any],
    limits: Limits,
    acceptable: Required = ANY_LAYERS,
    clock: Callable[[], float] = time.monotonic,
) -> Transcript:
    """Have `worker` do `job`.

    Args:
        worker: begins here, and is gone afterwards.
        job: its kind and what that needs; the rest of the job is filled in here.
        limits: what it may take.
        acceptable: the layers that must be in force; where one is missing, the worker ends before foreign code begins.
        clock: seconds, for the wall-clock limits.

    Raises:
        EnvironmentFault: the worker never became ready, or a layer is missing.
    """
    whole = {
        **job,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
        "answer_bytes": limits.answer_bytes,
        "required": list(acceptable.layers),
    }
    # What a judge is asked may hold somebody's answers: no later worker is to be born with them.
    common = {name: value for name, value in whole.items() if name not in OWN} if job["kind"] == "submission" else {}
    transcript = Transcript()
    with _Ending(worker, transcript):
        if job["kind"] == "submission":
            _raise_if_promised_too_much(limits)
        taught = worker.begin(common)
        body = encode({"taught": True, **{name: whole[name] for name in OWN if name in whole}} if taught else whole)
        foreign = job["kind"] == "submission"
        frames = _Frames(limits.answer_bytes, OUTCOMES if foreign else "".join(RECORDS), foreign=foreign)
        listener = _Listener(worker, frames, limits, clock, transcript)
        listener.listen(struct.pack("<Q", len(body)) + body, acceptable)
    if not transcript.layers and transcript.stop != "finished":
        reason = transcript.printed.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise EnvironmentFault("check.worker_not_ready", reason=" ".join(reason) or f"signal {transcript.signal}")
    if transcript.stop != "printed" and _used_up(transcript, limits):
        transcript.stop = "cpu"
    return transcript


def _raise_if_promised_too_much(limits: Limits) -> None:
    """Raise if this process, and so a worker, is held to less than a submission may take: it would be blamed for it.

    Raises:
        EnvironmentFault: it is.
    """
    with contextlib.suppress(ImportError):
        import resource

        seconds, memory = (resource.getrlimit(number)[1] for number in (resource.RLIMIT_CPU, resource.RLIMIT_AS))
        if seconds != resource.RLIM_INFINITY and seconds < limits.cpu_seconds + START_CPU_SECONDS:
            facts = {"have": seconds, "need": limits.cpu_seconds + START_CPU_SECONDS}
            raise EnvironmentFault("check.held_to_less_time", **facts)
        if memory != resource.RLIM_INFINITY and memory < limits.memory_bytes:
            raise EnvironmentFault("check.held_to_less_memory", have=memory >> 20, need=limits.memory_bytes >> 20)


def _used_up(transcript: Transcript, limits: Limits) -> bool:
    """Whether a worker took all the CPU time that it had.

    Also where it finished: the process's own limit is in whole seconds, rounded up. And the kernel holds it to that by
    the ticks that find it running, so that the kill may come a little before the exact account is full.
    """
    killed = transcript.stop == "died" and transcript.signal == signal.SIGKILL
    return transcript.cpu_seconds >= limits.cpu_seconds * (NEARLY if killed else 1.0)


class _Listener:
    """Reads what a worker says and prints until it is done, or out of bounds."""

    def __init__(
        self, worker: Worker, frames: _Frames, limits: Limits, clock: Callable[[], float], transcript: Transcript
    ) -> None:
        self.worker, self.frames, self.limits, self.clock, self.transcript = worker, frames, limits, clock, transcript
        self.is_ready = False
        self.wall = WallClock(START_SECONDS, clock, 0.0)
        self.room = {worker.answer: ROOM, worker.printed: ROOM}
        """Bytes that each pipe holds."""

    def listen(self, job: bytes, acceptable: Required) -> None:
        """Write the job and read both pipes.

        Raises:
            EnvironmentFault: a layer of `acceptable` is missing.
        """
        begun = self.wall
        try:
            with selectors.DefaultSelector() as selector:
                self._listen(selector, job, acceptable)
        finally:
            self.transcript.wall_seconds = self.wall.seconds + (0.0 if self.wall is begun else self.started_in)
            self.transcript.was_disturbed = self.wall.was_disturbed
            self.transcript.was_starved = self.wall.was_starved
        frames = self.transcript.frames
        if self.transcript.stop == "died" and frames and frames[-1] == ("end",) and not self.frames.buffer:
            frames.pop()
            self.transcript.stop = "finished"

    def _listen(self, selector: selectors.BaseSelector, job: bytes, acceptable: Required) -> None:
        worker = self.worker
        pending = memoryview(job)
        os.set_blocking(worker.job, False)
        selector.register(worker.job, selectors.EVENT_WRITE)
        selector.register(worker.answer, selectors.EVENT_READ)
        selector.register(worker.printed, selectors.EVENT_READ)
        heard_last, was_full = 0, False
        woken = self.clock()
        while selector.get_map():
            if self._is_late():
                self.transcript.stop = "wall"
                return
            lag = Lag() if was_full else None
            asked = min(self.wall.remaining(), SLICE)
            rested = self.clock()
            # Since it last woke up, this process was busy with what the worker had said before.
            busy = rested - woken
            events = selector.select(asked)
            woken = self.clock()
            self.wall.woke(asked, woken - rested)
            if self.is_ready and heard_last < MUCH:
                # A frame seldom comes alone, and to wake up for each costs more than to read it.
                time.sleep(GATHER_SECONDS)
            heard_last, was_full = 0, False
            for key, _ in events:
                if key.fd == worker.job:
                    pending = _write(worker.job, pending)
                    if not pending:
                        selector.unregister(worker.job)
                    continue
                data = os.read(key.fd, self.room[key.fd])
                heard_last = max(heard_last, len(data))
                was_full = was_full or len(data) >= self.room[key.fd] // 2
                if not data:
                    selector.unregister(key.fd)
                    continue
                is_well = self._take_printed(data) if key.fd == worker.printed else self._take_answer(data)
                if not self.is_ready and self.transcript.frames:
                    self._begin(acceptable)
                if not is_well:
                    return
            if was_full:
                # It may have stood there, as a pipe that is not full keeps nobody waiting.
                self.wall.at_pipe(busy + (lag.seconds(woken - rested) if lag else 0.0))
                if self.room[worker.answer] == ROOM:
                    self.room[worker.answer] = _widened(worker.answer)

    def _is_late(self) -> bool:
        if self.wall.remaining() > 0:
            return False
        if self.is_ready:
            self.wall.waited(waited_seconds(self.worker.pid))
        return self.wall.remaining() <= 0

    def _begin(self, acceptable: Required) -> None:
        """The worker is ready: its first frame is its own, and its time begins."""
        self.is_ready = True
        self.started_in = self.wall.seconds
        waited = waited_seconds(self.worker.pid)
        self.wall = WallClock(
            self.limits.wall_seconds,
            self.clock,
            waited,
            most_back=self.limits.most_back,
            is_told=tells_waiting(),
        )
        _, self.transcript.layers, begun = self.transcript.frames.pop(0)
        self.transcript.cpu_seconds = -float(begun)
        acceptable.check(self.transcript.layers)

    def _take_printed(self, data: bytes) -> bool:
        """Keep the beginning of what it prints; whether it may go on."""
        transcript = self.transcript
        transcript.printed += data[: max(0, KEEP_PRINTED - len(transcript.printed))]
        transcript.printed_total += len(data)
        if transcript.printed_total <= self.limits.printed_bytes:
            return True
        transcript.stop = "printed"
        return False

    def _take_answer(self, data: bytes) -> bool:
        """Take down the frames that are complete, up to a bad one; whether there was none."""
        try:
            for frame in self.frames.feed(data):
                self.transcript.frames.append(frame)  # one by one: what came before a bad frame stays
        except OverflowError:
            self.transcript.stop = "answer"
        except WireError:
            self.transcript.stop = "malformed"
        else:
            return True
        return False


def _widened(descriptor: int) -> int:
    """Give a pipe more room, where the system can; how much it has."""
    try:
        import fcntl

        return fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, MORE_ROOM)
    except (ImportError, AttributeError, OSError):
        return ROOM


def _write(descriptor: int, pending: memoryview) -> memoryview:
    """Write what the pipe takes; what is left to be written."""
    try:
        return pending[os.write(descriptor, pending) :]
    except BlockingIOError:
        return pending
    except BrokenPipeError:
        return memoryview(b"")


class _Ending(contextlib.AbstractContextManager["_Ending"]):
    """Leaves no process, pipe or zombie behind, and asks the kernel what the process used.

    Always kills: a submission may have said "end" itself and sleep on.
    """

    def __init__(self, worker: Worker, transcript: Transcript) -> None:
        self.worker, self.transcript = worker, transcript

    def __exit__(self, *exception: object) -> None:
        ended = self.worker.end()
        self.transcript.cpu_seconds += ended.cpu_seconds
        self.transcript.signal = max(0, -ended.exit_code)
