"""Resume an unfinished session, or draw a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Session
from llmprep.study.deck import Deck, draw_deck
from llmprep.study.scheduler import replay

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from llmprep.store import Store
    from llmprep.study.deck import SessionOptions


def unfinished(store: Store, options: SessionOptions, questions: Collection[str]) -> Session | None:
    """Return the newest unfinished session with these options that has a card left, or None.

    Sessions with other options stay as they are, for when those options are given again.

    Args:
        store: where sessions are kept.
        options: what the reader asks for.
        questions: the ids of the questions that can be asked.
    """
    for session in store.unfinished_sessions():
        try:
            deck = Deck.from_json(session.plan)
        except ValueError:
            continue
        if deck.fits(options):
            done = store.answered(session.id) | set(session.skipped)
            if deck.left(done, questions):
                return session
    return None


def new_session(
    store: Store, options: SessionOptions, questions: Sequence[str], *, drawn: int, name: str, now: datetime
) -> Session:
    """Draw a session and store it.

    Args:
        store: where it is kept.
        options: what the reader asks for.
        questions: the ids of the questions that can be asked.
        drawn: the seed, unless the options name one.
        name: the id of the session; new.
        now: when it begins; aware.
    """
    seed = drawn if options.seed is None else options.seed
    session = Session(name, now, draw_deck(questions, replay(store.history()), options, seed).to_json())
    store.begin_session(session)
    return session
