"""Options that hold for all submissions judged in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.sandbox.layers import ANY_LAYERS
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmprep.model import Exercise
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker

FIXED_SEED = 0
"""The seed of the cases that everybody gets."""


class JudgeOptions(NamedTuple):
    """How suites are made and submissions run."""

    cache: Path | None = None
    """The folder that suites are kept in; None keeps none, as for a secret seed."""
    seed: int = FIXED_SEED
    """What the cases' generators draw from."""
    start_worker: Callable[[], Worker] = start
    """Starts the worker of one job."""
    limits: Limits = Limits()
    """What one run of a submission may take."""
    required_layers: Required = ANY_LAYERS
    """The layers of confinement without which nothing runs."""
    announce: Callable[[Exercise], None] = lambda _: None
    """Called before a suite that is not cached is made, which takes a second."""
