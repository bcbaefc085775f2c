"""Before and after a session: take up the last or begin another, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Session
from llmprep.study.deck import Plan, make_plan
from llmprep.study.scheduler import replay

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from llmprep.model import Question
    from llmprep.store import Store
    from llmprep.study.deck import Request


def unfinished(store: Store, request: Request, questions: Collection[str]) -> Session | None:
    """Of the sessions that have not ended, the one begun last that is what is asked for and has something left to ask.

    A session of other options stays as it is, for when they are asked for again.

    Args:
        store: where sessions are kept.
        request: what is asked for.
        questions: the ids of the questions that are there.
    """
    for session in store.unfinished_sessions():
        try:
            plan = Plan.from_json(session.plan)
        except ValueError:
            continue
        if plan.fits(request):
            done = store.answered(session.id) | set(session.skipped)
            if plan.left(done, questions):
                return session
    return None


def begin(store: Store, request: Request, questions: Sequence[str], *, seed: int, name: str, now: datetime) -> Session:
    """Draw a new session and keep it; `seed` draws it unless the request names one, and `name` is new."""
    plan = make_plan(questions, replay(store.history()), request, seed if request.seed is None else request.seed)
    session = Session(name, now, plan.to_json())
    store.begin_session(session)
    return session


def next_exercises(
    asked: Sequence[Question], there: Sequence[str], solved: Collection[str], most: int = 3
) -> list[str]:
    """Exercises to go on with, none of them solved: first what the questions asked name as related, then the others."""
    related = [item for question in asked for item in question.related if item in there]
    return [item for item in dict.fromkeys([*related, *there]) if item not in solved][:most]
