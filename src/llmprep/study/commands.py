"""Commands of a session, made from keys by a terminal and from lines by a script."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from llmprep.study.message import Message

if TYPE_CHECKING:
    from llmprep.store import Rating


class Action(Enum):
    """A command without details."""

    START = "start"
    """Ask the first card."""
    REVEAL = "reveal"
    """The answer is complete: show the model answer."""
    GO_ON = "go_on"
    """Take what is proposed, or try again what failed."""
    SKIP = "skip"
    UNDO = "undo"
    """Cancel the last rating."""
    QUIT = "quit"
    """Leave; what is left can be resumed."""
    END = "end"
    """Leave for good: nothing is left to resume."""
    HELP = "help"
    TRAPS = "traps"
    FOLLOW_UPS = "follow_ups"
    CODE = "code"
    HINT = "hint"
    BURY = "bury"
    SUSPEND = "suspend"
    FLAG = "flag"
    LANGUAGE = "language"


PLANNED = frozenset({Action.HINT, Action.BURY, Action.SUSPEND, Action.FLAG, Action.LANGUAGE})
"""Actions that have their place but are refused in this version."""


class Type(Message):
    """One piece of an answer, or a line that is no other command."""

    text: str
    draft: bool = True
    """Whether it is stored at once, before the answer is complete."""


class Tick(Message):
    """Change which key points are ticked, by their ids."""

    points: tuple[str, ...]
    only: bool = False
    """True ticks exactly these; False toggles each."""


class Rate(Message):
    """Rate the answer; None takes the suggested rating."""

    rating: Rating | None


class Choose(Message):
    """Pick an option."""

    number: int
    """Counted from 0."""
    shown: bool = True
    """Whether `number` counts the options as shown; False counts them as in the bank."""


class AskFor(Message):
    """Ask an item next, whether or not the session has drawn it."""

    item: str


Command = Action | Type | Tick | Rate | Choose | AskFor
