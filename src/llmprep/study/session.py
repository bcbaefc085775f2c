"""A study session as a pure state machine: commands and outcomes in, events and at most one effect out.

`state.begin` makes a state, `step` advances it. Neither reads a clock, draws at random, or touches store, bank or
terminal; `runner.Runner` performs the effects. Nothing is shown as saved before it is on the disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Mode
from llmprep.study.commands import Action
from llmprep.study.deck import DeckCard, present
from llmprep.study.events import (
    AnsweredElsewhere,
    CardShown,
    Ended,
    Failed,
    Fetch,
    Fetched,
    HelpShown,
    KeepDraft,
    KeepEnd,
    KeepReview,
    KeepSkip,
    KeepUndo,
    Kept,
    LookBack,
    LookedBack,
    NotKept,
    Reason,
    Saved,
    SessionSummary,
    Skipped,
    Taken,
    Undone,
)
from llmprep.study.state import Current, Phase, State, Step, drop, fetch, perform, refuse

if TYPE_CHECKING:
    from llmprep.model import Question
    from llmprep.store import Review
    from llmprep.study.commands import Command
    from llmprep.study.events import Outcome
    from llmprep.study.state import Moment


def step(state: State, given: Command | Outcome, now: Moment) -> Step:
    """Advance a session by a reader's command, or by the outcome of the last effect."""
    if isinstance(given, Fetched | Kept | Taken | LookedBack | Failed):
        return _settle(state, given, now)
    if state.phase is Phase.OVER:
        return refuse(state, Reason.NOT_NOW)
    if given is Action.QUIT or given is Action.END:
        return _close(state, ends=given is Action.END)
    if given is Action.HELP:
        return Step(state, (HelpShown(),))
    if state.phase is Phase.BLOCKED:
        if given is Action.SKIP or given is Action.UNDO:
            return _close(state)
        assert state.pending is not None
        return perform(state, state.pending)
    if given is Action.START and state.phase is Phase.NEW:
        return fetch(state)
    # What takes answers is loaded once there is one: the first card is on the screen by then.
    from llmprep.study.answering import answer

    return answer(state, given, now)


def _settle(state: State, outcome: Outcome, now: Moment) -> Step:
    """Go on after an effect."""
    if state.phase is Phase.CLOSING:
        return _settle_closing(state, outcome, now)
    assert state.pending is not None
    effect, state = state.pending, state.replace(pending=None)
    match effect, outcome:
        case _, Failed(fault):
            return Step(state.replace(phase=Phase.BLOCKED, pending=effect, fault=fault), (NotKept(fault),))
        case Fetch(), Fetched(answered, question):
            return _ask(state, answered, question, now)
        case KeepDraft(), Kept():
            return Step(state.replace(phase=Phase.TYPING))
        case KeepSkip(item), Kept():
            return fetch(drop(state, item).replace(skipped=(*state.skipped, item)), Skipped(item))
        case KeepReview(), Kept(review) if review is not None:
            return _saved(state, review)
        case KeepReview(review), Taken():
            return fetch(drop(state, review.item), AnsweredElsewhere(review.item))
        case KeepUndo(), Kept(review):
            return fetch(_without(state, review), Undone(review))
    raise AssertionError(f"{outcome} is no outcome of {effect}")


def _ask(state: State, answered: frozenset[str], question: Question | None, now: Moment) -> Step:
    """Ask the first card left that nobody has answered in this session."""
    state = state.replace(answered=answered, left=tuple(card for card in state.left if card.item not in answered))
    if question is None:
        return _close(state)
    card = present(
        state.left[0],
        question,
        position=state.total - len(state.left) + 1,
        total=state.total,
        seed=state.deck.seed,
    )
    draft = "" if card.mode is Mode.CHOICE else state.drafts.get(question.id, "")
    phase = Phase.CHOOSING if card.mode is Mode.CHOICE else Phase.TYPING
    current = Current(card, now.seconds, draft)
    return Step(state.replace(phase=phase, current=current), (CardShown(card, draft),))


def _saved(state: State, review: Review) -> Step:
    """Go on after an answer that is on the disk; a marked choice stays to be looked at."""
    current = state.current
    assert current is not None
    state = drop(state, review.item).replace(own=(*state.own, review.id), answered=state.answered | {review.item})
    if review.option is not None:
        return Step(state.replace(phase=Phase.PAUSING), (Saved(current.card, review),))
    return fetch(state, Saved(current.card, review, current.likely, current.suggested))


def _without(state: State, review: Review | None) -> State:
    """Return the state once a review is cancelled: its card is asked again at once if it is this session's."""
    if review is None:
        return state
    if review.session != state.id:
        return state
    state = state.replace(answered=state.answered - {review.item})
    if review.item not in state.available:
        return state.replace(total=state.total - 1)
    others = tuple(card for card in state.left if card.item != review.item)
    return state.replace(left=(DeckCard(review.item, review.mode), *others))


def _close(state: State, *, ends: bool = False) -> Step:
    """Look back, then end the session if nothing is left of it, or if it `ends` in any case."""
    return Step(state.replace(phase=Phase.CLOSING, pending=LookBack(), current=None, ends=ends), (), LookBack())


def _settle_closing(state: State, outcome: Outcome, now: Moment) -> Step:
    """Go on after an effect of closing. What went wrong first is kept; nothing is tried again."""
    if isinstance(outcome, LookedBack):
        left = tuple(card for card in state.left if card.item not in outcome.answered)
        summary = SessionSummary(outcome.reviews, state.skipped, tuple(card.item for card in left))
        state = state.replace(left=left, answered=outcome.answered, summary=summary)
        if state.ends or not left:
            effect = KeepEnd(now.at)
            return Step(state.replace(pending=effect), (), effect)
    elif isinstance(outcome, Failed):
        state = state.replace(fault=state.fault or outcome.fault)
        if state.ends and isinstance(state.pending, LookBack):
            effect = KeepEnd(now.at)
            return Step(state.replace(pending=effect), (), effect)
    over = state.replace(phase=Phase.OVER, pending=None)
    return Step(over, (Ended(state.summary, state.fault),))
