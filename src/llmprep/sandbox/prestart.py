"""Starts a worker before it is known whether one is needed: it imports numpy while the parent imports the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.sandbox.process import start

if TYPE_CHECKING:
    from llmprep.sandbox.process import Worker

_waiting: list[Worker] = []


def begin() -> None:
    """Start a worker to be taken later. If none can be started, the one who needs it will hear why.

    A worker that nobody takes ends by itself as soon as its parent does, for its standard input closes.
    """
    from llmprep.errors import EnvironmentFault

    try:
        _waiting.append(start())
    except EnvironmentFault:
        return


def take() -> Worker:
    """The worker that waits, else a new one.

    Raises:
        EnvironmentFault: no process can be started.
    """
    return _waiting.pop() if _waiting else start()


def release() -> None:
    """End the worker that waits: what follows starts workers of its own."""
    while _waiting:
        _waiting.pop().end()
