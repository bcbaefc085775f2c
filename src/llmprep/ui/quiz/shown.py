"""A session that is shown as it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.study.commands import Command
    from llmprep.study.events import Ended, Event
    from llmprep.study.runner import Runner
    from llmprep.study.state import State


class ShownSession:
    """Sends commands to a session and shows each event before the next one happens.

    Args:
        runner: the session.
        show: shows one event.
    """

    def __init__(self, runner: Runner, show: Callable[[Event], None]) -> None:
        self._runner, self._show = runner, show

    @property
    def state(self) -> State:
        """The session's state."""
        return self._runner.state

    @property
    def ended(self) -> Ended | None:
        """How the session ended; None as long as it goes on."""
        return self._runner.ended

    def send(self, command: Command) -> tuple[Event, ...]:
        """Send a command.

        Returns:
            The events, all of which have been shown.

        Raises:
            BankError: the next question is invalid. The session can then only be left.
        """
        happened = []
        for event in self._runner.events(command):
            self._show(event)
            happened.append(event)
        return tuple(happened)
