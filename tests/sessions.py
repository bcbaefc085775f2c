"""Sessions for tests: three questions, and a log in memory that performs the effects of one session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault
from llmprep.model import Choice, KeyPoint, Option, Question, Text
from llmprep.store import Mode, Review, Session
from llmprep.study import events
from llmprep.study.commands import Action, Choose, Command
from llmprep.study.deck import Deck, DeckCard
from llmprep.study.session import step
from llmprep.study.state import Moment, Phase, State, begin

if TYPE_CHECKING:
    from llmprep.study.events import Effect, Event, Outcome

NOW = datetime(2026, 3, 1, tzinfo=UTC)
AT = Moment(NOW, 5.0)
PAIR = Text("a", "b")
ITEMS = ["t/a", "t/b", "t/c"]
EXTRA = "t/extra"
"""A question that may be asked, but is not drawn."""
FAULT = EnvironmentFault("store.full", path="full")
RIGHT = 2
"""The bank's number of every choice's right option."""


def question(item: str) -> Question:
    options = tuple(Option(PAIR, PAIR, correct=n == RIGHT) for n in range(4))
    return Question(
        id=item,
        kind="question",
        title=PAIR,
        difficulty="easy",
        minutes=1,
        prompt=PAIR,
        sources=(),
        answer=PAIR,
        key_points=(KeyPoint("one", PAIR, essential=True), KeyPoint("two", PAIR)),
        traps=(),
        follow_ups=(),
        choices=(Choice(PAIR, options),),
        digest="d",
    )


def new_state(mode: str = "recall", items: list[str] = ITEMS) -> State:
    deck = Deck((), mode, 3, 1, tuple(DeckCard(item, Mode(mode)) for item in items))
    return begin(Session("s", NOW, deck.to_json()), deck, [*items, EXTRA], "en", (frozenset(), 0))


class Log:
    """What a store would hold. While `broken`, it refuses everything with its `fault`."""

    def __init__(self) -> None:
        self.reviews: dict[int, Review] = {}
        self.drafts: dict[str, str] = {}
        self.skipped: list[str] = []
        self.ended = False
        self.broken = False
        self.fault = FAULT
        self._last = 0

    @property
    def answered(self) -> frozenset[str]:
        return frozenset(review.item for review in self.reviews.values())

    def perform(self, effect: Effect) -> Outcome:
        """Perform an effect as `Runner` does on a store."""
        if self.broken:
            return events.Failed(self.fault)
        match effect:
            case events.Fetch(items):
                item = next((item for item in items if item not in self.answered), None)
                return events.Fetched(self.answered, None if item is None else question(item))
            case events.KeepReview(review):
                if review.item in self.answered:
                    return events.Taken()
                self._last += 1
                self.reviews[self._last] = review._replace(id=self._last)
                self.drafts.pop(review.item, None)
                return events.Kept(self.reviews[self._last])
            case events.KeepDraft(item, text):
                self.drafts[item] = text
            case events.KeepSkip(item):
                self.skipped.append(item)
            case events.KeepUndo(_, own, _):
                last = next((number for number in reversed(own) if number in self.reviews), None)
                return events.Kept(None if last is None else self.reviews.pop(last))
            case events.KeepEnd():
                self.ended = True
            case events.LookBack():
                return events.LookedBack(self.answered, tuple(self.reviews.values()))
        return events.Kept()


def send(state: State, command: Command, log: Log, now: Moment = AT) -> tuple[State, list[Event]]:
    """Take a command with all that follows from it."""
    happened: list[Event] = []
    given: Command | Outcome | None = command
    while given is not None:
        state, shown, effect = step(state, given, now)
        happened += shown
        given = None if effect is None else log.perform(effect)
    return state, happened


WAYS: dict[Phase, tuple[str, tuple[Command, ...]]] = {
    Phase.NEW: ("recall", ()),
    Phase.TYPING: ("recall", (Action.START,)),
    Phase.TICKING: ("recall", (Action.START, Action.REVEAL)),
    Phase.RATING: ("recall", (Action.START, Action.REVEAL, Action.GO_ON)),
    Phase.CHOOSING: ("choice", (Action.START,)),
    Phase.PAUSING: ("choice", (Action.START, Choose(0))),
    Phase.OVER: ("recall", (Action.START, Action.QUIT)),
}


def reach(phase: Phase, log: Log | None = None) -> State:
    """A session that stands in a phase."""
    log = log or Log()
    if phase is Phase.BLOCKED:
        state = reach(Phase.TYPING, log)
        log.broken = True
        state, _ = send(state, Action.SKIP, log)
    else:
        mode, commands = WAYS[phase]
        state = new_state(mode)
        for command in commands:
            state, _ = send(state, command, log)
    assert state.phase is phase
    return state
