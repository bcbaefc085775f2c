"""Has a job done with the patience that a loaded machine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.sandbox.job import converse

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.sandbox.job import Limits, Transcript
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker


def converse_twice(
    worker: Callable[[], Worker], job: dict[str, Any], limits: Limits, acceptable: Required
) -> Transcript:
    """Have a job done, once more if only its wall-clock limit was missed: a loaded machine can do that to anybody."""
    transcript = converse(worker(), job, limits, acceptable)
    return converse(worker(), job, limits, acceptable) if transcript.stop == "wall" else transcript
