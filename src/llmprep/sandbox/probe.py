"""Finds out what confinement this machine gives, by confining a worker that then does nothing."""

from __future__ import annotations

from llmprep.sandbox.job import Limits, converse
from llmprep.sandbox.process import start


def layers_in_force() -> tuple[str, ...]:
    """The layers that a worker on this machine is confined by.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    job = {"kind": "submission", "source": "", "helpers": "", "entry": "", "forbid": [], "inputs": [], "again": []}
    return converse(start(), job, Limits()).layers
