"""A session under any sequence of commands."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from llmprep.messages.say import say
from llmprep.model import Language
from llmprep.store import Mode, Rating, Review, Session, Store
from llmprep.study import events
from llmprep.study.commands import Action, AskFor, Choose, Command, Rate, Tick, Type
from llmprep.study.deck import Deck, DeckCard
from llmprep.study.runner import Runner, take_up
from llmprep.study.session import step
from llmprep.study.state import Moment, Phase, State
from llmprep.ui.quiz.answers import Answers
from llmprep.ui.quiz.scripted import run
from llmprep.ui.quiz.shown import ShownSession
from llmprep.ui.quiz.terminal import converse
from llmprep.ui.quiz.view import LETTERS
from sessions import EXTRA, ITEMS, NOW, Log, new_state, question

if TYPE_CHECKING:
    from llmprep.study.events import Event, Outcome

COMMANDS = st.one_of(
    st.sampled_from(Action),
    st.builds(Type, st.sampled_from(["", "x", "y"]), st.booleans()),
    st.builds(Tick, st.lists(st.sampled_from(["one", "two", "none"]), max_size=2).map(tuple), st.booleans()),
    st.builds(Rate, st.one_of(st.none(), st.sampled_from(Rating))),
    st.builds(Choose, st.integers(-1, 5), st.booleans()),
    st.builds(AskFor, st.sampled_from([*ITEMS, EXTRA, "t/unknown"])),
)
STORE = st.sampled_from(["break", "mend", "another answers"])
MODES = st.sampled_from(["recall", "choice"])


class Machine:
    """A session with a log, and the laws that hold after every step."""

    def __init__(self, mode: str) -> None:
        self.log = Log()
        self.state = new_state(mode)
        self.saved: list[Review] = []
        self.elsewhere = 0

    def send(self, command: Command) -> None:
        """Take a command with all that follows, and hold every step to its laws."""
        given: Command | Outcome | None = command
        number = 0
        while given is not None:
            before = self.state
            number += 1
            self.state, shown, effect = step(before, given, Moment(NOW, float(number)))
            assert (effect is None) == (self.state.phase not in (Phase.BUSY, Phase.CLOSING))
            for event in shown:
                self.look(before, given, event)
            self.hold()
            given = None if effect is None else self.log.perform(effect)

    def look(self, before: State, given: object, event: Event) -> None:
        match event:
            case events.Refused():
                assert before == self.state
            case events.Saved(_, review):
                assert isinstance(given, events.Kept)
                assert self.log.reviews[review.id] == review
                self.saved.append(review)
            case events.Undone(review) if review is not None:
                assert review.id not in self.log.reviews
                self.saved.remove(review)
            case events.CardShown(card):
                assert card.question.id not in self.log.answered
                assert card.question.id == self.state.left[0].item
                assert card.position == self.state.total - len(self.state.left) + 1
                assert 1 <= card.position <= card.total == self.state.total
            case events.Ended(summary) if summary is not None:
                assert len(summary.reviews) + len(summary.skipped) + len(summary.left) == self.state.total
                assert list(summary.reviews) == list(self.log.reviews.values())
                assert self.log.ended or summary.left or event.fault

    def hold(self) -> None:
        """Laws of every state."""
        state, log = self.state, self.log
        items = [review.item for review in log.reviews.values()]
        assert len(items) == len(set(items)), "a card is answered at most once"
        assert [review for review in log.reviews.values() if review.session == "s"] == self.saved or state.phase in (
            Phase.BUSY,
            Phase.CLOSING,
        )
        left = [card.item for card in state.left]
        assert len(left) == len(set(left))
        assert not set(left) & set(state.skipped)
        assert set(ITEMS) <= {*left, *state.skipped, *log.answered}, "no card is lost"
        if state.current is not None and state.phase is Phase.TYPING:
            kept = log.drafts.get(state.current.card.question.id, "")
            assert not kept or state.current.text.startswith(kept), "what was typed is not lost"

    def another_answers(self) -> None:
        """Another process answers the card after next, in this same session."""
        if self.state.left and self.state.phase is not Phase.OVER:
            item = self.state.left[:2][-1].item
            if item not in self.log.answered:
                number = 1000 + self.elsewhere
                self.elsewhere += 1
                self.log.reviews[number] = self.saved_elsewhere(item, number)

    def saved_elsewhere(self, item: str, number: int) -> Review:
        return Review(item, NOW, Mode.RECALL, Rating.EASY, session="another's", id=number)


@settings(deadline=None, max_examples=300)
@given(MODES, st.lists(st.one_of(COMMANDS, STORE), max_size=40))
@example("recall", [Action.REVEAL, Rate(None), Action.UNDO, AskFor(EXTRA), "break", Action.SKIP, "mend", Action.GO_ON])
@example("choice", [Choose(0), "another answers", Action.UNDO, Choose(1), Action.GO_ON, Action.GO_ON])
def test_any_sequence_of_commands_keeps_the_invariants(mode: str, commands: list[Command | str]) -> None:
    """Each card is answered at most once unless undone, nothing is lost, positions are right, the summary adds up."""
    machine = Machine(mode)
    machine.send(Action.START)
    for command in commands:
        if command == "another answers":
            machine.another_answers()
        elif isinstance(command, str):
            machine.log.broken = command == "break"
        else:
            machine.send(command)
    machine.log.broken = False
    machine.send(Action.QUIT)
    assert machine.state.phase is Phase.OVER


class Given(NamedTuple):
    """What a reader does with a card, in whatever way the card is asked."""

    text: str
    ticks: tuple[str, ...]
    rating: Rating
    place: int
    skip: bool


GIVEN = st.builds(
    Given,
    st.sampled_from(["", "an answer", "- h l ! *", "答案", "two words\nin two lines"]),
    st.sets(st.sampled_from(["one", "two"])).map(lambda points: tuple(sorted(points))),
    st.sampled_from(Rating),
    st.integers(0, 3),
    st.booleans(),
)


def runner(store: Store, mode: str) -> Runner:
    deck = Deck((), mode, 3, 1, tuple(DeckCard(item, new_state(mode).left[0].mode) for item in ITEMS))
    session = Session("s", NOW, deck.to_json())
    store.begin_session(session)
    state = take_up(store, session, ITEMS, "en")
    return ShownSession(Runner(store, state, question, lambda: Moment(NOW, 1.0)), lambda _: None)


def stored(store: Store) -> tuple[list[Review], object]:
    return store.reviews(), store.last_session()


class Words:
    """The words of prompts."""

    language = Language.EN

    def words(self, key: str, /, **facts: object) -> str:
        return say(f"quiz.{key}", Language.EN, **facts)


def typed(mode: str, given: Given) -> list[str]:
    """The lines by which a reader does so in a terminal."""
    if given.skip:
        return ["s"]
    if mode == "choice":
        return [LETTERS[given.place], ""]
    numbers = [str(("one", "two").index(point) + 1) for point in given.ticks]
    return [
        *given.text.split("\n"),
        *([""] if given.text else []),
        *([" ".join(numbers)] if numbers else []),
        "",
        str(given.rating.value),
    ]


def scripted(mode: str, number: int, given: Given) -> str:
    """The line by which a script does so."""
    import json

    if given.skip:
        return json.dumps({"skip": True})
    if mode == "choice":
        return json.dumps({"choice": LETTERS[given.place]})
    return json.dumps({"answer": given.text, "key_points": given.ticks, "rating": given.rating.value})


@settings(deadline=None, max_examples=40)
@given(MODES, st.lists(GIVEN, min_size=len(ITEMS), max_size=len(ITEMS)))
def test_a_terminal_and_a_script_store_the_same(mode: str, choices: list[Given]) -> None:
    """The same choices, by keys or by lines, leave the same reviews, skips, drafts and end."""
    found = []
    for way in ("terminal", "script"):
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), NOW) as store:
            one = runner(store, mode)
            if way == "terminal":
                lines = iter([line for given in choices for line in typed(mode, given)])
                converse(one, Words(), lambda _, lines=lines: next(lines))  # type: ignore[arg-type]
            else:
                answers = Answers("-", [scripted(mode, n, given).encode() for n, given in enumerate(choices, 1)])
                run(one, answers, iter(answers))
            found.append(stored(store))
    assert found[0] == found[1]
    assert len(found[0][0]) == sum(not given.skip for given in choices)
