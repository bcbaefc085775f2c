"""What one job may take."""

from __future__ import annotations

from llmprep.record import Record, record


@record()
class Limits(Record):
    """What one job may take."""

    cpu_seconds: float = 4.0
    wall_seconds: float = 6.0
    most_back: float | None = None
    """Most seconds of waiting for others that are credited; None for `wall_seconds` once more."""
    memory_bytes: int = 1 << 30
    answer_bytes: int = 64 << 20
    printed_bytes: int = 1 << 20
