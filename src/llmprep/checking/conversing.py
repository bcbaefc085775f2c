"""Has a job done with the patience that a loaded machine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.sandbox.converse import converse

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.sandbox.converse import Limits, Transcript
    from llmprep.sandbox.launch import Worker
    from llmprep.sandbox.layers import Required


def converse_twice(
    worker: Callable[[], Worker], job: dict[str, Any], limits: Limits, acceptable: Required
) -> Transcript:
    """Have a job done, once more if only its wall-clock limit was missed: a loaded machine can do that to anybody."""
    transcript = converse(worker(), job, limits, acceptable)
    return converse(worker(), job, limits, acceptable) if transcript.stop == "wall" else transcript
