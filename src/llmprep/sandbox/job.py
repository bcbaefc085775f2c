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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from llmprep.errors import EnvironmentFault
from llmprep.record import Record, record
from llmprep.sandbox.codec import DEEPEST_ANSWER, RECORDS, VALUE_BYTES, Decoder, TooManyValuesError, WireError, encode
from llmprep.sandbox.layers import Required

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
MOST_WAITED = 0.5
"""Seconds of one wait for us that are not held against a worker: it could fill the pipe and then idle."""
START_SECONDS = 60.0
"""A worker that is not ready by then never will be."""


@record()
class Limits(Record):
    """What one job may take."""

    cpu_seconds: float = 4.0
    wall_seconds: float = 6.0
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
    signal: int = 0
    """The signal that ended the process, or 0."""


OWN = ("source", "only")
"""What one submission's job does not share with the next one's."""
OUTCOMES = "RU"
"""The records that a submission's outputs may hold; only bank code has use for the others."""


class _Frames:
    """Takes bytes as they come and gives out whole frames."""

    def __init__(self, limit: int, records: str) -> None:
        self.buffer = bytearray()
        self.limit = limit
        self.total = 0
        self.decoder = Decoder(limit // VALUE_BYTES, DEEPEST_ANSWER, records)

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
        taught = worker.begin(common)
        body = encode({"taught": True, **{name: whole[name] for name in OWN if name in whole}} if taught else whole)
        frames = _Frames(limits.answer_bytes, OUTCOMES if job["kind"] == "submission" else "".join(RECORDS))
        _listen(worker, struct.pack("<Q", len(body)) + body, frames, limits, acceptable, clock, transcript)
    if not transcript.layers and transcript.stop != "finished":
        reason = transcript.printed.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise EnvironmentFault("check.worker_not_ready", reason=" ".join(reason) or f"signal {transcript.signal}")
    if transcript.stop != "printed" and _used_up(transcript, limits):
        transcript.stop = "cpu"
    return transcript


def _used_up(transcript: Transcript, limits: Limits) -> bool:
    """Whether a worker took all the CPU time that it had.

    Also where it finished: the process's own limit is in whole seconds, rounded up. And the kernel holds it to that by
    the ticks that find it running, so that the kill may come a little before the exact account is full.
    """
    killed = transcript.stop == "died" and transcript.signal == signal.SIGKILL
    return transcript.cpu_seconds >= limits.cpu_seconds * (NEARLY if killed else 1.0)


def _listen(
    worker: Worker,
    job: bytes,
    frames: _Frames,
    limits: Limits,
    acceptable: Required,
    clock: Callable[[], float],
    transcript: Transcript,
) -> None:
    """Write the job and read both pipes until the worker is done or out of bounds."""
    pending = memoryview(job)
    os.set_blocking(worker.job, False)
    ready_at: float | None = None
    rested = clock()
    deadline = rested + START_SECONDS
    heard_last, room = 0, ROOM
    with selectors.DefaultSelector() as selector:
        selector.register(worker.job, selectors.EVENT_WRITE)
        selector.register(worker.answer, selectors.EVENT_READ)
        selector.register(worker.printed, selectors.EVENT_READ)
        while selector.get_map():
            remaining = deadline - clock()
            if remaining <= 0:
                remaining += waited_seconds(worker.pid)
            if remaining <= 0:
                transcript.stop = "wall"
                return
            events = selector.select(remaining)
            if ready_at is not None and heard_last < MUCH:
                # A frame seldom comes alone, and to wake up for each costs more than to read it.
                time.sleep(GATHER_SECONDS)
            heard_last = 0
            woken = clock()
            for key, _ in events:
                if key.fd == worker.job:
                    pending = _write(worker.job, pending)
                    if not pending:
                        selector.unregister(worker.job)
                    continue
                data = os.read(key.fd, room)
                heard_last = max(heard_last, len(data))
                if not data:
                    selector.unregister(key.fd)
                elif key.fd == worker.printed:
                    transcript.printed += data[: max(0, KEEP_PRINTED - len(transcript.printed))]
                    transcript.printed_total += len(data)
                    if transcript.printed_total > limits.printed_bytes:
                        transcript.stop = "printed"
                        return
                else:
                    well = _hear(frames, data, transcript)
                    if ready_at is None and transcript.frames:
                        ready_at = clock()
                        deadline = ready_at + limits.wall_seconds - waited_seconds(worker.pid)
                        _, transcript.layers, begun = transcript.frames.pop(0)
                        transcript.cpu_seconds = -float(begun)
                        acceptable.check(transcript.layers)
                    if not well:
                        return
            if heard_last >= room // 2:
                # It was found waiting for us, who may have been kept from reading by others.
                deadline += min(MOST_WAITED, woken - rested)
                room = _widened(worker.answer) if room == ROOM else room
            # Time that is spent on reading what it said is not the worker's.
            rested = clock()
            deadline += rested - woken
            if ready_at is not None:
                transcript.wall_seconds = clock() - ready_at
    if transcript.frames and transcript.frames[-1] == ("end",) and not frames.buffer:
        transcript.frames.pop()
        transcript.stop = "finished"


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


def waited_seconds(pid: int) -> float:
    """How long a process has been waiting for a processor that others had; 0 where the kernel does not say.

    That is no time of its own: a loaded machine must not make a right submission late.
    """
    try:
        waited = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]
        return int(waited) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _hear(frames: _Frames, data: bytes, transcript: Transcript) -> bool:
    """Take down the frames that are complete, up to a bad one; whether there was none."""
    try:
        for frame in frames.feed(data):
            transcript.frames.append(frame)  # one by one: what came before a bad frame stays
    except OverflowError:
        transcript.stop = "answer"
        return False
    except WireError:
        transcript.stop = "malformed"
        return False
    return True


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
