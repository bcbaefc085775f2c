"""Runs a session: takes commands, performs the machine's effects, and feeds their outcomes back.

Nothing here calls who shows a session: events are handed up one by one, each once what came before it is on the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault
from llmprep.store import AnsweredError, Mode
from llmprep.study.deck import Deck
from llmprep.study.events import (
    Ended,
    Failed,
    Fetch,
    Fetched,
    KeepDraft,
    KeepEnd,
    KeepReview,
    KeepSkip,
    KeepUndo,
    Kept,
    LookedBack,
    Taken,
)
from llmprep.study.session import step
from llmprep.study.state import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from llmprep.model import Question
    from llmprep.store import Session, Store
    from llmprep.study.commands import Command
    from llmprep.study.events import Effect, Event, Outcome
    from llmprep.study.state import Moment, State

QUIZ_MODES = (Mode.RECALL, Mode.CHOICE)
"""Modes of the reviews that a quiz may undo."""


def take_up(store: Store, session: Session, available: Collection[str], language: str) -> State:
    """Make the state of a stored session.

    Args:
        store: where the session is kept.
        session: the session, new or unfinished.
        available: the ids of the questions that it may ask.
        language: what the reader reads, for the log.
    """
    log = frozenset(store.answered(session.id)), store.last_number()
    return begin(session, Deck.from_json(session.plan), available, language, log)


class Runner:
    """Runs one session. Every effect is committed to the disk before the next event is handed out.

    Args:
        store: where effects go.
        state: the session.
        load: returns the question with an id.
        now: returns the time.
    """

    def __init__(
        self,
        store: Store,
        state: State,
        load: Callable[[str], Question],
        now: Callable[[], Moment],
    ) -> None:
        self._store, self._load, self._now = store, load, now
        self.state = state
        self.ended: Ended | None = None
        """How it ended; None as long as it goes on."""

    def events(self, command: Command) -> Iterator[Event]:
        """Take a command, with all that follows from it. It is carried out as far as its events are taken.

        Yields:
            The events, as they happen.

        Raises:
            BankError: the next question is invalid. The session can then only be left.
        """
        given: Command | Outcome | None = command
        while given is not None:
            self.state, events, effect = step(self.state, given, self._now())
            for event in events:
                if isinstance(event, Ended):
                    self.ended = event
                yield event
            given = None if effect is None else self._perform(effect)

    def _perform(self, effect: Effect) -> Outcome:
        """Perform an effect on the store; a store that refuses is an outcome, too."""
        try:
            return self._performed(effect)
        except AnsweredError:
            return Taken()
        except EnvironmentFault as fault:
            return Failed(fault)

    def _performed(self, effect: Effect) -> Outcome:
        store, session = self._store, self.state.id
        match effect:
            case Fetch(items):
                answered = frozenset(store.answered(session))
                item = next((item for item in items if item not in answered), None)
                return Fetched(answered, None if item is None else self._load(item))
            case KeepReview(review):
                return Kept(store.record_review(review, once=True))
            case KeepDraft(item, text):
                store.keep_draft(session, item, text)
            case KeepSkip(item):
                store.skip(session, item)
            case KeepUndo(at, own, before):
                return Kept(store.undo_review(at, own=own, session=session, before=before, modes=QUIZ_MODES))
            case KeepEnd(at):
                store.end_session(session, at)
            case _:
                return LookedBack(frozenset(store.answered(session)), tuple(store.reviews(session)))
        return Kept()
