"""Watch how long each step of bank code takes, so that one that does not end is told by its field and line."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llmprep.sandbox.worker.frame_writer import FrameWriter

TICK_SECONDS = 0.1
"""CPU time between looks at the clock."""


class StepWatch:
    """Ends the process when one step has taken too much CPU time.

    The timer starts before the confinement, under which nothing can set one. Its handler ends the process rather than
    raise, since the code that it interrupts may catch everything. A call that does not return to Python, such as one of
    `sum(itertools.repeat(1))`, does not let it run: for that there are the `at` frames, and the limit of the process.
    """

    def __init__(self, seconds: float, answer: FrameWriter) -> None:
        """Start watching; with 0 seconds, every step may take any time."""
        self._seconds, self._answer = seconds, answer
        self._clock, self._leave = time.thread_time, os._exit
        self._step: tuple[str, int] = ("cases", 0)
        self._began = self._clock()
        if seconds:
            signal.signal(signal.SIGPROF, self._look)
            signal.setitimer(signal.ITIMER_PROF, TICK_SECONDS, TICK_SECONDS)

    def step(self, field: str, case: int = 0) -> None:
        """Begin a step: a field's own code, or its run over a case, counted from 1.

        Frame: `("at", field, case)`.
        """
        self.rest()
        if self._seconds:
            self._answer("at", field, case)
        self._step, self._began = (field, case), self._clock()

    def rest(self) -> None:
        """End a step: what follows is not watched, so that no frame begins within another."""
        self._began = float("inf")

    def _look(self, _signal: int, frame: Any) -> None:
        """End the process if the step has taken too long.

        Frame: `("endless", field, line, case)`.
        """
        if self._clock() - self._began < self._seconds:
            return
        field, case = self._step
        while frame is not None and frame.f_code.co_filename != f"<{field}>":
            frame = frame.f_back
        self._answer("endless", field, frame.f_lineno if frame is not None else 1, case)
        self._leave(0)
