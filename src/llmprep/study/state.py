"""The state of a study session, and the steps that all parts of its machine are made of."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from llmprep.study.events import Fetch, Refused
from llmprep.study.message import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from llmprep.errors import LlmprepError
    from llmprep.store import Rating, Session
    from llmprep.study.commands import Action
    from llmprep.study.deck import AskedCard, Deck, DeckCard
    from llmprep.study.events import Effect, Event, Reason, SessionSummary
    from llmprep.study.marking import Likely


class Phase(Enum):
    """What a session waits for."""

    NEW = "new"
    BUSY = "busy"
    """The outcome of an effect."""
    BLOCKED = "blocked"
    """The reader, who may try a failed effect again."""
    TYPING = "typing"
    TICKING = "ticking"
    RATING = "rating"
    CHOOSING = "choosing"
    PAUSING = "pausing"
    """The reader, who looks at a marked choice."""
    CLOSING = "closing"
    """The outcome of looking back."""
    OVER = "over"


class Moment(Message):
    """The time of a step."""

    at: datetime
    """Aware; what the log says."""
    seconds: float
    """Of a clock that only runs forward, from any beginning; measures durations."""


class Current(Message):
    """The card being asked, and the answer so far."""

    card: AskedCard
    began: float
    """`Moment.seconds` when the card was shown."""
    text: str = ""
    likely: tuple[Likely, ...] = ()
    ticked: frozenset[str] = frozenset()
    suggested: Rating | None = None
    """The rating that the ticks suggest; None before one is asked for, or if there is nothing to go by."""


class State(Message):
    """A session between two steps."""

    id: str
    begun: datetime
    deck: Deck
    available: frozenset[str]
    """The items that the session may ask."""
    language: str
    """The reader's language, for the log."""
    left: tuple[DeckCard, ...]
    """Cards not done yet, the next first."""
    total: int
    answered: frozenset[str]
    """Items answered, by this run or another process."""
    before: int
    """The number of the last review in the log when this run began."""
    skipped: tuple[str, ...] = ()
    drafts: Mapping[str, str] = MappingProxyType({})
    """Typed text by item."""
    own: tuple[int, ...] = ()
    """The numbers of the reviews of this run."""
    phase: Phase = Phase.NEW
    current: Current | None = None
    pending: Effect | None = None
    """The effect whose outcome is not known, or that failed."""
    fault: LlmprepError | None = None
    """Why the last effect failed; while closing, what went wrong first."""
    ends: bool = False
    """Whether the session ends even if cards are left."""
    summary: SessionSummary | None = None


class Step(NamedTuple):
    """The result of a step."""

    state: State
    events: tuple[Event, ...] = ()
    """What to show, in order."""
    effect: Effect | None = None
    """What to perform after that; its outcome is the next input."""


def begin(
    session: Session, deck: Deck, available: Collection[str], language: str, log: tuple[frozenset[str], int]
) -> State:
    """Make the state of a session, new or resumed.

    Args:
        session: the stored session.
        deck: its cards.
        available: the ids of the questions that it may ask.
        language: what the reader reads.
        log: the items that the session has answers to, and the number of the last review of any.
    """
    answered, before = log
    done = answered | set(session.skipped)
    left = deck.left(done, available)
    return State(
        id=session.id,
        begun=session.begun,
        deck=deck,
        available=frozenset(available),
        language=language,
        left=left,
        total=len(left) + len(done),
        answered=answered,
        before=before,
        skipped=session.skipped,
        drafts=dict(session.drafts),
    )


def refuse(state: State, reason: Reason, names: tuple[str, ...] = (), action: Action | None = None) -> Step:
    """Change nothing, and say why."""
    return Step(state, (Refused(reason, names, action),))


def perform(state: State, effect: Effect, *shown: Event) -> Step:
    """Show events, then wait for the outcome of an effect."""
    return Step(state.replace(phase=Phase.BUSY, pending=effect, fault=None), shown, effect)


def fetch(state: State, *shown: Event) -> Step:
    """Go on to the first card left."""
    return perform(state.replace(current=None), Fetch(tuple(card.item for card in state.left)), *shown)


def drop(state: State, item: str) -> State:
    """Take an item's card and draft away."""
    return state.replace(
        left=tuple(card for card in state.left if card.item != item),
        drafts={name: text for name, text in state.drafts.items() if name != item},
    )
