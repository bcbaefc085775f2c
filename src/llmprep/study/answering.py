"""The part of a session's machine that takes a reader through one card: type, reveal, tick and rate, or choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Mode, Rating, Review
from llmprep.study.commands import PLANNED, Action, AskFor, Choose, Rate, Tick, Type
from llmprep.study.deck import draw_card
from llmprep.study.events import (
    Added,
    KeepDraft,
    KeepReview,
    KeepSkip,
    KeepUndo,
    MoreShown,
    RatingAsked,
    Reason,
    Revealed,
    Ticked,
)
from llmprep.study.marking import mark
from llmprep.study.state import Phase, Step, fetch, perform, refuse
from llmprep.study.suggestion import suggested_rating

if TYPE_CHECKING:
    from llmprep.study.commands import Command
    from llmprep.study.state import Current, Moment, State

_MORE = (Action.TRAPS, Action.FOLLOW_UPS, Action.CODE)
_REVEALED = (Phase.TICKING, Phase.RATING, Phase.PAUSING)
"""Phases in which the answer has been shown."""


def answer(state: State, command: Command, now: Moment) -> Step:
    """Take a command that is about the current card."""
    current = state.current
    if isinstance(command, Action) and command in PLANNED:
        return refuse(state, Reason.PLANNED, action=command)
    if current is None or state.phase is Phase.BUSY:
        return refuse(state, Reason.NOT_NOW)
    if command is Action.UNDO:
        return perform(state, KeepUndo(now.at, state.own, state.before))
    if isinstance(command, AskFor):
        return _ask_for(state, current, command.item)
    if isinstance(command, Action) and command in _MORE:
        if state.phase not in _REVEALED:
            return refuse(state, Reason.NOT_NOW)
        return Step(state, (MoreShown(command, current.card.question),))
    if state.phase is Phase.PAUSING:
        # The card is answered: there is nothing to pass over but the pause.
        return fetch(state)
    if command is Action.SKIP:
        return perform(state, KeepSkip(current.card.question.id))
    if state.phase is Phase.CHOOSING:
        return _choose(state, current, command, now)
    if isinstance(command, Choose):
        return refuse(state, Reason.WANTS_ANSWER)
    return _recall(state, current, command, now)


def _ask_for(state: State, current: Current, item: str) -> Step:
    """Ask an item next. One that was not drawn is added to the session: no card is dropped for it."""
    if item == current.card.question.id and state.phase is not Phase.PAUSING:
        return Step(state)
    waiting = [card for card in state.left if card.item == item]
    others = tuple(card for card in state.left if card.item != item)
    if waiting:
        return fetch(state.replace(left=(waiting[0], *others)))
    if item not in state.available or item in state.answered or item in state.skipped:
        return refuse(state, Reason.NOT_ASKED, (item,))
    added = draw_card(item, state.deck.mode, state.deck.seed)
    return fetch(state.replace(left=(added, *others), total=state.total + 1), Added(item))


def _choose(state: State, current: Current, command: Command, now: Moment) -> Step:
    """Mark the option picked: the right one is good, any other is again."""
    card = current.card
    if not isinstance(command, Choose):
        return refuse(state, Reason.WANTS_CHOICE)
    if not 0 <= command.number < len(card.order):
        return refuse(state, Reason.NO_SUCH_OPTION, (str(command.number),))
    option = card.order[command.number] if command.shown else command.number
    rating = Rating.GOOD if card.drawn.options[option].correct else Rating.AGAIN
    review = _review(state, current, rating, now)
    return perform(state, KeepReview(review._replace(mode=Mode.CHOICE, choice=card.choice, option=option)))


def _recall(state: State, current: Current, command: Command, now: Moment) -> Step:
    """Take the next part of an answer in recall."""
    match state.phase, command:
        case Phase.TYPING, Type():
            return _typed(state, current, command)
        case Phase.TYPING, Action.REVEAL | Action.GO_ON:
            likely = mark(current.text, current.card.question.key_points)
            ticked = frozenset(found.key_point for found in likely)
            revealed = current.replace(likely=likely, ticked=ticked)
            shown = Revealed(current.card, likely, ticked)
            return Step(state.replace(phase=Phase.TICKING, current=revealed), (shown,))
        case Phase.TICKING, Tick():
            return _ticked(state, current, command)
        case Phase.TICKING, Action.GO_ON:
            typed_or_ticked = current.text or current.ticked
            suggested = _suggested(current) if typed_or_ticked else None
            rated = current.replace(suggested=suggested)
            return Step(state.replace(phase=Phase.RATING, current=rated), (RatingAsked(suggested),))
        case ((Phase.TICKING | Phase.RATING), Rate(rating)):
            return _rate(state, current, rating or _suggested(current), now)
        case Phase.RATING, Action.GO_ON if current.suggested is not None:
            return _rate(state, current, current.suggested, now)
        case Phase.RATING, _:
            return refuse(state, Reason.WANTS_RATING)
    return refuse(state, Reason.NOT_NOW)


def _typed(state: State, current: Current, command: Type) -> Step:
    """Add a line to the answer."""
    text = f"{current.text}\n{command.text}" if current.text else command.text
    state = state.replace(current=current.replace(text=text))
    if not command.draft:
        return Step(state)
    item = current.card.question.id
    return perform(state.replace(drafts={**state.drafts, item: text}), KeepDraft(item, text))


def _ticked(state: State, current: Current, command: Tick) -> Step:
    """Change the ticks, or none of them if a name is no key point's."""
    known = {point.id for point in current.card.question.key_points}
    unknown = tuple(name for name in command.points if name not in known)
    if unknown:
        return refuse(state, Reason.NO_SUCH_POINT, unknown)
    named = frozenset(command.points)
    ticked = named if command.only else current.ticked ^ named
    return Step(state.replace(current=current.replace(ticked=ticked)), (Ticked(current.card, ticked),))


def _suggested(current: Current) -> Rating:
    return suggested_rating(current.card.question.key_points, current.ticked)


def _rate(state: State, current: Current, rating: Rating, now: Moment) -> Step:
    """Record the answer with a rating."""
    points = tuple(point.id for point in current.card.question.key_points if point.id in current.ticked)
    review = _review(state, current, rating, now)
    state = state.replace(current=current.replace(suggested=_suggested(current)))
    return perform(state, KeepReview(review._replace(key_points=points, answer=current.text)))


def _review(state: State, current: Current, rating: Rating, now: Moment) -> Review:
    """Make a review in recall of the current card, without what was answered."""
    question = current.card.question
    return Review(
        item=question.id,
        at=now.at,
        mode=Mode.RECALL,
        rating=rating,
        duration_ms=round((now.seconds - current.began) * 1000),
        language=state.language,
        session=state.id,
        digest=question.digest,
    )
