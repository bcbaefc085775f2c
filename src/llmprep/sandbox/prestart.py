"""Start a worker before it is known whether one is needed: it imports numpy while the parent imports the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.sandbox.process import Worker

_waiting: list[Worker] = []


def is_useful(arguments: Sequence[str]) -> bool:
    """Return whether a command line is likely to check one file, so that a fresh worker is needed at once.

    No parser is asked, since to import one takes longer than to start a worker. A wrong guess costs time, never a
    verdict: a worker that nobody takes ends with its parent.

    Args:
        arguments: the command line after the program's name.
    """
    rest = list(arguments)
    while rest and rest[0].startswith("--lang"):
        del rest[: 1 if "=" in rest[0] else 2]
    if rest[:1] != ["check"]:
        return False
    # Help starts no worker, and a watched file is checked by forked ones.
    if not {"--help", "-h", "--watch"}.isdisjoint(rest):
        return False
    return any(not argument.startswith("-") for argument in rest[1:])


def begin() -> None:
    """Start a worker to be taken later. If none can be started, `take` raises the reason."""
    from llmprep.errors import EnvironmentFault
    from llmprep.sandbox.process import start

    try:
        _waiting.append(start())
    except EnvironmentFault:
        return


def take() -> Worker:
    """Return the prestarted worker, else a new one.

    Raises:
        EnvironmentFault: no process can be started.
    """
    from llmprep.sandbox.process import start

    return _waiting.pop() if _waiting else start()


def release() -> None:
    """End the prestarted worker: what follows starts workers of its own."""
    while _waiting:
        _waiting.pop().end()
