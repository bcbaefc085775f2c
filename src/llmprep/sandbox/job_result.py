"""What one job yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Stop = Literal["finished", "died", "cpu", "wall", "printed", "answer", "malformed"]


@dataclass(slots=True)
class JobResult:
    """The outcome of a job: whatever the worker's process did, decoded and never believed."""

    stop: Stop = "died"
    """Why it ended; only `finished` is by the worker's own account."""
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
