"""A session in a terminal: lines become commands, events become words. The session itself decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import explain, flat
from llmprep.study import events
from llmprep.study.commands import Action
from llmprep.study.events import Reason
from llmprep.study.state import Phase
from llmprep.ui.quiz.keys import PLANNED, translate
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.study.state import State
    from llmprep.ui.quiz.shown import ShownSession
    from llmprep.ui.quiz.view import View


def converse(session: ShownSession, view: View, read: Callable[[str], str | None]) -> None:
    """Take a reader through a session.

    Args:
        session: the session.
        view: supplies the prompts' words.
        read: asks for a line by a prompt; None is the end of input.
    """
    session.send(Action.START)
    while session.ended is None:
        line = read(_prompt(view, session.state))
        session.send(translate(line, session.state))


def _prompt(view: View, state: State) -> str:
    """Return what the cursor stands behind."""
    words, current = "", state.current
    if state.phase is Phase.TICKING:
        words = view.words("prompt_ticks")
    elif state.phase is Phase.CHOOSING and current is not None:
        words = view.words("prompt_choice", last=LETTERS[len(current.card.order) - 1])
    elif state.phase is Phase.RATING and current is not None:
        suggested = current.suggested
        words = view.words("prompt_rating_suggested", rating=suggested.value) if suggested else ""
        words = words or view.words("prompt_rating")
    return f"{words}> "


class TerminalOutput:
    """Shows a session's events in a terminal."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._current: events.CardShown | None = None

    def show(self, event: events.Event) -> None:
        """Show one event."""
        view = self._view
        match event:
            case events.CardShown():
                self._current = event
                self._asked(event)
            case events.Revealed(card, likely, ticked):
                view.answer(card.question)
                view.key_points(card.question, ticked, {found.key_point: found for found in likely})
                view.gap()
                view.message("how_to_tick", style="dim")
            case events.Ticked(card, ticked):
                ids = [point.id for point in card.question.key_points]
                view.ticks([number for number, name in enumerate(ids, 1) if name in ticked], len(ids))
            case events.RatingAsked():
                view.message("how_to_rate", style="dim")
            case events.MoreShown(what, question):
                {Action.TRAPS: view.traps, Action.FOLLOW_UPS: view.follow_ups, Action.CODE: view.code}[what](question)
                view.gap()
            case events.Saved():
                self._saved(event)
            case events.Skipped(item):
                view.message("skipped", style="dim", item=item)
            case events.Undone(None):
                view.message("nothing_to_undo")
            case events.Undone(review) if review is not None:
                view.undone(review)
            case events.AnsweredElsewhere(item):
                view.message("answered_elsewhere", item=item)
            case events.Added(item):
                view.message("added", style="dim", item=item)
            case events.HelpShown():
                view.message("keys")
            case events.NotKept(fault):
                view.gap()
                print(explain(fault, view.language))  # noqa: T201
                view.message("how_to_retry", style="dim")
            case events.Refused():
                self._refused(event)

    def _asked(self, event: events.CardShown) -> None:
        self._view.question(event.card)
        self._view.gap()
        if event.card.choice is not None:
            return
        if event.draft:
            self._view.draft(event.draft)
        self._view.message("type_on" if event.draft else "think_or_type", style="dim")

    def _saved(self, event: events.Saved) -> None:
        option = event.review.option
        if option is None:
            self._view.saved(event.review)
            return
        self._view.choice_marked(event.card, option)
        self._view.saved(event.review)
        self._view.gap()
        self._view.message("how_to_go_on", style="dim")

    def _refused(self, event: events.Refused) -> None:
        card = self._current.card if self._current else None
        match event.reason:
            case Reason.PLANNED if event.action is not None:
                key = next(key for key, action in PLANNED.items() if action is event.action)
                self._view.message("planned", key=key, name=self._view.words(f"action_{event.action.value}"))
            case Reason.WANTS_CHOICE | Reason.NO_SUCH_OPTION if card is not None:
                self._view.message("no_such_letter", last=LETTERS[len(card.order) - 1])
            case Reason.NO_SUCH_POINT if card is not None:
                wrong = flat(" ".join(event.names))
                self._view.message("no_such_tick", wrong=wrong, count=len(card.question.key_points))
            case Reason.WANTS_RATING:
                self._view.message("no_such_rating")
            case _:
                self._view.message("not_now")
