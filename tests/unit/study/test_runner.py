"""Laws of a session on a real store: what is shown as saved is on the disk, and what was begun can be resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from llmprep.errors import BankError, EnvironmentFault
from llmprep.store import Rating, Store
from llmprep.study import events
from llmprep.study.commands import Action, AskFor, Choose, Rate, Tick, Type
from llmprep.study.deck import SessionOptions
from llmprep.study.resume import new_session, unfinished
from llmprep.study.runner import Runner, take_up
from llmprep.study.state import Moment, Phase
from llmprep.ui.quiz.shown import ShownSession
from sessions import ITEMS, NOW, question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from llmprep.model import Question
    from llmprep.study.events import Event


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, NOW) as opened:
        yield opened


class Run:
    """A session on a store, with all that it has shown."""

    def __init__(self, store: Store, available: list[str] = ITEMS) -> None:
        session = store.last_session()
        assert session is not None
        self.shown: list[Event] = []
        state = take_up(store, session, set(available), "en")
        self.runner = ShownSession(Runner(store, state, self.load, lambda: Moment(NOW, 1.5)), self.shown.append)
        self.runner.send(Action.START)

    def load(self, item: str) -> Question:
        return question(item)

    @property
    def item(self) -> str:
        """The item asked now."""
        current = self.runner.state.current
        assert current is not None
        return current.card.question.id

    def answer(self, rating: Rating = Rating.GOOD) -> str:
        """Answer the card asked now, and return its item."""
        item = self.item
        for command in (Type("x", draft=False), Action.REVEAL, Tick(("one",)), Rate(rating)):
            self.runner.send(command)
        return item

    def undo(self) -> str | None:
        """Undo, and return the item whose rating is cancelled."""
        undone = self.runner.send(Action.UNDO)[0]
        assert isinstance(undone, events.Undone)
        return undone.review and undone.review.item


def new(store: Store, *, mode: str = "recall", items: list[str] = ITEMS, name: str = "s") -> Run:
    new_session(store, SessionOptions(mode=mode, limit=3), items, drawn=1, name=name, now=NOW)
    return Run(store)


def test_each_card_is_asked_once(store: Store) -> None:
    """And then the session has ended, also for the store."""
    run = new(store)
    assert sorted(run.answer() for _ in ITEMS) == ITEMS
    ended = run.runner.ended
    assert ended is not None
    assert ended.summary is not None
    assert list(ended.summary.reviews) == store.reviews("s")
    session = store.last_session()
    assert session is not None
    assert session.ended == NOW


def test_each_answer_is_in_the_store_before_it_is_shown_as_saved(store: Store, tmp_path: Path) -> None:
    """For every stored event, seen by another connection at the moment in which it is shown."""
    kept: list[tuple[list[str], tuple[str, ...]]] = []
    with Store.open(tmp_path, NOW) as second:

        def look(event: Event) -> None:
            if isinstance(event, events.Saved | events.Skipped | events.Undone):
                session = second.last_session()
                assert session is not None
                kept.append(([review.item for review in second.reviews()], session.skipped))

        run = new(store)
        run.runner._show = look
        first = run.answer()
        skipped = run.item
        for command in (Action.SKIP, Action.UNDO):
            run.runner.send(command)
    assert kept == [([first], ()), ([first], (skipped,)), ([], (skipped,))]


def test_a_later_run_goes_on_where_an_earlier_one_broke_off(store: Store) -> None:
    """Neither what was answered nor what was skipped is asked again, and the position goes on counting."""
    run = new(store)
    first, second = run.answer(), run.item
    run.runner.send(Action.SKIP)
    later = Run(store)
    (shown,) = later.shown
    assert isinstance(shown, events.CardShown)
    assert {first, second, later.item} == set(ITEMS)
    assert (shown.card.position, shown.card.total) == (3, 3)
    (ended,) = later.runner.send(Action.QUIT)
    assert isinstance(ended, events.Ended)
    assert ended.summary is not None
    assert ([review.item for review in ended.summary.reviews], ended.summary.skipped) == ([first], (second,))


def test_a_draft_outlives_its_run_until_the_answer_is_recorded(store: Store) -> None:
    """What was typed is there when the session is resumed, for that item alone."""
    run = new(store)
    run.runner.send(Type("half an"))
    later = Run(store)
    (shown,) = later.shown
    assert isinstance(shown, events.CardShown)
    assert shown.draft == "half an"
    later.answer()
    assert store.reviews()[0].answer == "half an\nx"
    assert Run(store).shown == [events.CardShown(later.runner.state.current.card, "")]  # type: ignore[union-attr]


def test_an_item_that_left_the_bank_is_not_asked(store: Store) -> None:
    """The rest of the session is."""
    new(store)
    later = Run(store, ITEMS[:1])
    assert later.answer() == ITEMS[0]
    assert later.runner.ended is not None


def test_undo_reaches_into_an_earlier_run_and_an_earlier_session(store: Store) -> None:
    """A card of this session comes next; another session's is not forced into this one."""
    first = new(store).answer(Rating.EASY)
    later = Run(store)
    assert later.undo() == first
    assert (later.item, store.reviews()) == (first, [])
    later.answer()
    other = new(store, name="s2")
    before = other.runner.state.left
    assert other.undo() == first
    assert other.runner.state.left == before
    assert other.undo() is None


def test_two_at_once_take_back_their_own(tmp_path: Path, store: Store) -> None:
    """Of two terminals in one session each undoes what it rated itself, and none what the other did meanwhile."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        other = Run(second)
        one.answer(Rating.GOOD)
        other.runner.send(Action.SKIP)
        theirs = other.answer(Rating.EASY)
        assert other.undo() == theirs
        assert other.undo() is None
        assert one.undo() is not None
        assert one.undo() is None
    assert store.reviews() == []


def test_another_sessions_rating_is_not_taken_back_while_it_goes_on(tmp_path: Path, store: Store) -> None:
    """What another session rates after this run began is not this one's to undo."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        new(second, name="s2").answer()
        assert one.undo() is None
    assert len(store.reviews()) == 1


def test_a_card_is_answered_once_by_two_at_once(tmp_path: Path, store: Store) -> None:
    """Who comes second is told; nothing counts twice; what the other answered is not asked again."""
    one = new(store)
    with Store.open(tmp_path, NOW) as second:
        other = Run(second)
        first = other.item
        assert one.answer(Rating.EASY) == first
        other.answer(Rating.AGAIN)
        elsewhere, shown = other.shown[-2:]
        assert elsewhere == events.AnsweredElsewhere(first)
        assert isinstance(shown, events.CardShown)
        assert (shown.card.position, shown.card.total) == (2, 3)
        second_item = other.item
        (third,) = set(ITEMS) - {first, second_item}
        other.runner.send(AskFor(third))
        assert one.answer() == second_item
        # What the first has answered meanwhile is not asked, though it is asked for.
        other.runner.send(AskFor(second_item))
        assert other.answer() == third
        assert other.runner.ended is not None
        assert other.runner.ended.summary is not None
        assert (len(other.runner.ended.summary.reviews), other.runner.ended.summary.left) == (3, ())
    assert [review.rating for review in store.reviews()].count(Rating.AGAIN) == 0


def test_a_choice_is_kept_by_the_banks_number(store: Store) -> None:
    """The right option is good, any other is again."""
    run = new(store, mode="choice")
    for option in (2, 0, 3):
        run.runner.send(Choose(option, shown=False))
        run.runner.send(Action.GO_ON)
    assert [(review.choice, review.option, review.rating) for review in store.reviews()] == [
        (0, 2, Rating.GOOD),
        (0, 0, Rating.AGAIN),
        (0, 3, Rating.AGAIN),
    ]


def test_a_store_that_refuses_is_an_event_and_a_bank_that_does_is_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first can be tried again; after the second the session can be left, with its summary."""
    run = new(store)
    fault = EnvironmentFault("store.full", path="full")
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise fault

        patch.setattr(store, "skip", full)
        assert run.runner.send(Action.SKIP) == (events.NotKept(fault),)
    item = run.item
    assert run.runner.send(Action.GO_ON)[0] == events.Skipped(item)

    def invalid(_: str) -> Question:
        raise BankError([])

    run.runner._runner._load = invalid
    with pytest.raises(BankError):
        run.answer()
    assert isinstance(run.shown[-1], events.Saved)
    assert run.runner.state.phase is Phase.BUSY
    (ended,) = run.runner.send(Action.QUIT)
    assert isinstance(ended, events.Ended)
    assert ended.summary is not None
    assert (len(ended.summary.reviews), len(ended.summary.left)) == (1, 1)


def test_only_the_last_unfinished_session_is_resumed(store: Store) -> None:
    """One that ended, that has other options, or whose items are gone or done, is not."""
    assert unfinished(store, SessionOptions(), ITEMS) is None
    run = new(store)
    assert unfinished(store, SessionOptions(), ITEMS) is not None
    assert unfinished(store, SessionOptions(mode="choice"), ITEMS) is None
    assert unfinished(store, SessionOptions(), ["t/other"]) is None
    new(store, name="s2").runner.send(Action.END)
    earlier = unfinished(store, SessionOptions(), ITEMS)
    assert earlier is not None
    assert earlier.id == "s"
    run.runner.send(Action.END)
    assert unfinished(store, SessionOptions(), ITEMS) is None
    third = new(store, name="s3")
    for _ in ITEMS:
        third.answer()
    assert unfinished(store, SessionOptions(), ITEMS) is None


def test_a_session_of_other_options_waits(store: Store) -> None:
    """What was typed in it is there when its options are asked for again, whatever was begun since."""
    first = new(store, name="s1")
    first.runner.send(Type("typed"))
    new_session(store, SessionOptions(mode="choice"), ITEMS, drawn=2, name="s2", now=NOW)
    newest = unfinished(store, SessionOptions(), ITEMS)
    again = unfinished(store, SessionOptions(mode="recall"), ITEMS)
    assert newest is not None
    assert again is not None
    assert (newest.id, again.id, again.drafts) == ("s2", "s1", ((first.item, "typed"),))


def test_a_new_session_asks_what_is_due(store: Store) -> None:
    """What was answered in the last session comes after what was not."""
    seen = new(store).answer()
    assert new(store, name="s2").runner.state.deck.cards[-1].item == seen
