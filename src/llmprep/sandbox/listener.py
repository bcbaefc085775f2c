"""Read a worker's answer and output until it is done, or out of bounds."""

from __future__ import annotations

import os
import selectors
import time
from typing import TYPE_CHECKING

from llmprep.sandbox.codec import WireError
from llmprep.sandbox.wall import SLICE, Lag, WallClock, stolen_seconds, tells_waiting, waited_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.sandbox.frames import FrameReader
    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.limits import Limits
    from llmprep.sandbox.process import Worker

KEEP_PRINTED = 64 << 10
"""Bytes of a submission's output that are kept to be shown."""
GATHER_SECONDS = 0.001
MUCH = 16 << 10
"""Bytes in one read that show a worker in full flow, whose pipe must be emptied without delay."""
ROOM, MORE_ROOM = 64 << 10, 1 << 20
"""Bytes that a pipe holds, and may hold, so that a worker with a large answer rarely waits for us."""
START_SECONDS = 60.0
"""Time after which a worker that is not ready never will be."""


class Listener:
    """Reads a worker's frames and output into a job result."""

    def __init__(
        self, worker: Worker, frames: FrameReader, limits: Limits, clock: Callable[[], float], job_result: JobResult
    ) -> None:
        self.worker, self.frames, self.limits, self.clock, self.job_result = worker, frames, limits, clock, job_result
        self.is_ready = False
        self.wall = WallClock(START_SECONDS, clock, 0.0)
        self.room = {worker.answer: ROOM, worker.printed: ROOM}
        """Bytes that each pipe holds."""

    def listen(self, job: bytes, required_layers: Required) -> None:
        """Write the job and read both pipes.

        Raises:
            EnvironmentFault: a layer of `required_layers` is missing.
        """
        begun = self.wall
        try:
            with selectors.DefaultSelector() as selector:
                self._listen(selector, job, required_layers)
        finally:
            self.job_result.wall_seconds = self.wall.seconds + (0.0 if self.wall is begun else self.started_in)
            self.job_result.was_disturbed = self.wall.was_disturbed
            self.job_result.was_starved = self.wall.was_starved
        frames = self.job_result.frames
        if self.job_result.stop == "died" and frames and frames[-1] == ("end",) and not self.frames.buffer:
            frames.pop()
            self.job_result.stop = "finished"

    def _listen(self, selector: selectors.BaseSelector, job: bytes, required_layers: Required) -> None:
        worker = self.worker
        pending = memoryview(job)
        os.set_blocking(worker.job, False)
        selector.register(worker.job, selectors.EVENT_WRITE)
        selector.register(worker.answer, selectors.EVENT_READ)
        selector.register(worker.printed, selectors.EVENT_READ)
        last_read, was_full = 0, False
        woken = self.clock()
        while selector.get_map():
            if self._is_late():
                self.job_result.stop = "wall"
                return
            lag = Lag() if was_full else None
            asked = min(self.wall.remaining(), SLICE)
            rested = self.clock()
            # Since it last woke up, this process was busy with earlier frames.
            busy = rested - woken
            events = selector.select(asked)
            woken = self.clock()
            self.wall.woke(asked, woken - rested)
            if self.is_ready and last_read < MUCH:
                # Frames come in groups, and waking up for each costs more than reading it.
                time.sleep(GATHER_SECONDS)
            last_read, was_full = 0, False
            for key, _ in events:
                if key.fd == worker.job:
                    pending = _write(worker.job, pending)
                    if not pending:
                        selector.unregister(worker.job)
                    continue
                data = os.read(key.fd, self.room[key.fd])
                last_read = max(last_read, len(data))
                was_full = was_full or len(data) >= self.room[key.fd] // 2
                if not data:
                    selector.unregister(key.fd)
                    continue
                is_well = self._take_printed(data) if key.fd == worker.printed else self._take_answer(data)
                if not self.is_ready and self.job_result.frames:
                    self._begin(required_layers)
                if not is_well:
                    return
            if was_full:
                # The worker may have been blocked here; a pipe that is not full blocks nobody.
                self.wall.at_pipe(busy + (lag.seconds(woken - rested) if lag else 0.0))
                if self.room[worker.answer] == ROOM:
                    self.room[worker.answer] = _widened(worker.answer)

    def _is_late(self) -> bool:
        if self.wall.remaining() > 0:
            return False
        if self.is_ready:
            self.wall.waited(waited_seconds(self.worker.pid))
            self.wall.stolen(stolen_seconds() - self.stolen_before)
        return self.wall.remaining() <= 0

    def _begin(self, required_layers: Required) -> None:
        """Note that the worker is ready: its first frame is its own, and its time begins."""
        self.is_ready = True
        self.stolen_before = stolen_seconds()
        self.started_in = self.wall.seconds
        waited = waited_seconds(self.worker.pid)
        self.wall = WallClock(
            self.limits.wall_seconds,
            self.clock,
            waited,
            most_back=self.limits.most_back,
            is_told=tells_waiting(),
        )
        _, self.job_result.layers, begun = self.job_result.frames.pop(0)
        self.job_result.cpu_seconds = -float(begun)
        required_layers.check(self.job_result.layers)

    def _take_printed(self, data: bytes) -> bool:
        """Keep the beginning of the output; return whether the worker may go on."""
        job_result = self.job_result
        job_result.printed += data[: max(0, KEEP_PRINTED - len(job_result.printed))]
        job_result.printed_total += len(data)
        if job_result.printed_total <= self.limits.printed_bytes:
            return True
        job_result.stop = "printed"
        return False

    def _take_answer(self, data: bytes) -> bool:
        """Keep the frames that are complete, up to a malformed one; return whether there was none."""
        try:
            for frame in self.frames.feed(data):
                self.job_result.frames.append(frame)  # one by one: what came before a bad frame stays
        except OverflowError:
            self.job_result.stop = "answer"
        except WireError:
            self.job_result.stop = "malformed"
        else:
            return True
        return False


def _widened(descriptor: int) -> int:
    """Enlarge a pipe, where the system can; return its size."""
    try:
        import fcntl

        return fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, MORE_ROOM)
    except (ImportError, AttributeError, OSError):
        return ROOM


def _write(descriptor: int, pending: memoryview) -> memoryview:
    """Write as much as the pipe takes; return what is left."""
    try:
        return pending[os.write(descriptor, pending) :]
    except BlockingIOError:
        return pending
    except BrokenPipeError:
        return memoryview(b"")
