"""Laws of a session's machine: from each phase, what each command leads to."""

from __future__ import annotations

import ast
import inspect

import pytest

from llmprep.errors import EnvironmentFault
from llmprep.store import Mode, Rating
from llmprep.study import answering, commands, deck, events, session, state, suggestion
from llmprep.study.commands import Action, AskFor, Choose, Command, Rate, Tick, Type
from llmprep.study.deck import DeckCard
from llmprep.study.events import Reason
from llmprep.study.session import step
from llmprep.study.state import Moment, Phase
from sessions import AT, EXTRA, FAULT, ITEMS, RIGHT, Log, new_state, question, reach, send

FIRST, SECOND, _ = ITEMS
MORE = (Action.TRAPS, Action.FOLLOW_UPS, Action.CODE)
LEAVE = {
    Action.QUIT: (Phase.CLOSING, [], events.LookBack),
    Action.END: (Phase.CLOSING, [], events.LookBack),
}
HELP = {Action.HELP: (None, [events.HelpShown], None)}
SHOWN = dict.fromkeys(MORE, (None, [events.MoreShown], None))
CARD = {
    Action.UNDO: (Phase.BUSY, [], events.KeepUndo),
    AskFor(SECOND): (Phase.BUSY, [], events.Fetch),
    AskFor(EXTRA): (Phase.BUSY, [events.Added], events.Fetch),
    **LEAVE,
    **HELP,
}
SKIP = {Action.SKIP: (Phase.BUSY, [], events.KeepSkip)}
RATE = (Phase.BUSY, [], events.KeepReview)
RETRY = (Phase.BUSY, [], events.KeepSkip)
EVERY: tuple[Command, ...] = (
    *Action,
    Type("x"),
    Type("x", draft=False),
    Tick(("one",)),
    Tick(("none",)),
    Rate(Rating.GOOD),
    Rate(None),
    Choose(0),
    Choose(9),
    AskFor(FIRST),
    AskFor(SECOND),
    AskFor(EXTRA),
    AskFor("t/unknown"),
)
TABLE: dict[Phase, dict[Command, tuple[Phase | None, list[type], type | None]]] = {
    Phase.NEW: {Action.START: (Phase.BUSY, [], events.Fetch), **LEAVE, **HELP},
    Phase.TYPING: {
        Type("x"): (Phase.BUSY, [], events.KeepDraft),
        Type("x", draft=False): (None, [], None),
        Action.REVEAL: (Phase.TICKING, [events.Revealed], None),
        Action.GO_ON: (Phase.TICKING, [events.Revealed], None),
        AskFor(FIRST): (None, [], None),
        **CARD,
        **SKIP,
    },
    Phase.TICKING: {
        Tick(("one",)): (None, [events.Ticked], None),
        Action.GO_ON: (Phase.RATING, [events.RatingAsked], None),
        Rate(Rating.GOOD): RATE,
        Rate(None): RATE,
        AskFor(FIRST): (None, [], None),
        **SHOWN,
        **CARD,
        **SKIP,
    },
    Phase.RATING: {
        Rate(Rating.GOOD): RATE,
        Rate(None): RATE,
        AskFor(FIRST): (None, [], None),
        **SHOWN,
        **CARD,
        **SKIP,
    },
    Phase.CHOOSING: {Choose(0): RATE, AskFor(FIRST): (None, [], None), **CARD, **SKIP},
    Phase.PAUSING: {
        **dict.fromkeys(
            [command for command in EVERY if not isinstance(command, AskFor) and command not in commands.PLANNED],
            (Phase.BUSY, [], events.Fetch),
        ),
        **SHOWN,
        **CARD,
    },
    Phase.BLOCKED: {
        **dict.fromkeys(EVERY, RETRY),
        Action.SKIP: LEAVE[Action.QUIT],
        Action.UNDO: LEAVE[Action.QUIT],
        **LEAVE,
        **HELP,
    },
    Phase.OVER: {},
}
RECALL = (Phase.TYPING, Phase.TICKING, Phase.RATING)
REASONS: dict[tuple[Phase, Command], Reason] = {
    **{(Phase.CHOOSING, command): Reason.WANTS_CHOICE for command in EVERY},
    **{(Phase.RATING, command): Reason.WANTS_RATING for command in EVERY},
    **{(phase, Choose(n)): Reason.WANTS_ANSWER for phase in RECALL for n in (0, 9)},
    **{(phase, action): Reason.NOT_NOW for phase in (Phase.TYPING, Phase.CHOOSING) for action in MORE},
    **{(phase, AskFor("t/unknown")): Reason.NOT_ASKED for phase in (*RECALL, Phase.CHOOSING, Phase.PAUSING)},
    (Phase.PAUSING, AskFor(FIRST)): Reason.NOT_ASKED,
    (Phase.CHOOSING, Choose(9)): Reason.NO_SUCH_OPTION,
    (Phase.TICKING, Tick(("none",))): Reason.NO_SUCH_POINT,
    **{(phase, action): Reason.PLANNED for phase in Phase for action in commands.PLANNED if phase is not Phase.OVER},
}
"""Why a command is refused, where not because it makes no sense at that point."""


@pytest.mark.parametrize("phase", TABLE, ids=lambda phase: phase.value)
def test_each_command_in_each_phase(phase: Phase) -> None:
    """A command of the table leads where it says; every other is refused with a reason and changes nothing."""
    for command in EVERY:
        before = reach(phase)
        after, shown, effect = step(before, command, AT)
        if command in TABLE[phase]:
            to, kinds, wanted = TABLE[phase][command]
            found = after.phase, [type(event) for event in shown], None if effect is None else type(effect)
            assert found == (to or phase, kinds, wanted), command
            assert effect is None or after.pending == effect
        else:
            (refused,) = shown
            assert isinstance(refused, events.Refused), command
            assert refused.reason is REASONS.get((phase, command), Reason.NOT_NOW), command
            assert (after, effect) == (before, None)


@pytest.mark.parametrize("module", [session, state, answering, commands, events, deck, suggestion])
def test_the_machine_is_pure(module: object) -> None:
    """It reads no clock, draws nothing that its seed does not settle, and knows neither files nor terminals."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    run_time = [node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))]
    names = {
        name
        for node in run_time
        for found in ast.walk(node)
        if isinstance(found, ast.Import | ast.ImportFrom)
        for name in ([found.module or ""] if isinstance(found, ast.ImportFrom) else [one.name for one in found.names])
    }
    allowed = {"__future__", "collections", "enum", "types", "typing", "random", "llmprep.store"}
    assert {name for name in names if not name.startswith("llmprep.study")} <= allowed
    assert not names & {"llmprep.study.runner", "llmprep.study.resume"}
    if module is not deck:
        assert "random" not in names


def test_a_card_from_question_to_rating() -> None:
    """What is typed, ticked and rated is what is recorded, at the time of the rating."""
    log = Log()
    now = new_state()
    now, (shown,) = send(now, Action.START, log, Moment(AT.at, 10.0))
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == (FIRST, 1, 3)
    for command in (Type("one line"), Type("another"), Action.REVEAL, Tick(("one", "two")), Tick(("one",))):
        now, _ = send(now, command, log)
    assert log.drafts == {FIRST: "one line\nanother"}
    now, happened = send(now, Rate(Rating.HARD), log, Moment(AT.at, 12.5))
    saved, following = happened
    assert isinstance(saved, events.Saved)
    assert isinstance(following, events.CardShown)
    assert following.card.question.id == SECOND
    (review,) = log.reviews.values()
    assert saved.review == review
    assert review._replace(id=0) == review.__class__(
        item=FIRST,
        at=AT.at,
        mode=Mode.RECALL,
        rating=Rating.HARD,
        key_points=("two",),
        duration_ms=2500,
        language="en",
        session="s",
        answer="one line\nanother",
        digest="d",
    )
    assert FIRST not in now.drafts


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("number", range(4))
def test_a_choice_is_marked_for_certain(number: int, shown: bool) -> None:
    """The right option is good, any other again, whichever way it is named; the bank's number is recorded."""
    log = Log()
    now = reach(Phase.CHOOSING, log)
    assert now.current is not None
    order = now.current.card.order
    now, _ = send(now, Choose(number, shown=shown), log)
    (review,) = log.reviews.values()
    option = order[number] if shown else number
    rating = Rating.GOOD if option == RIGHT else Rating.AGAIN
    assert (review.mode, review.choice, review.option, review.rating) == (Mode.CHOICE, 0, option, rating)


@pytest.mark.parametrize(
    ("typed", "ticks", "suggested"),
    [(False, (), None), (True, (), Rating.AGAIN), (False, ("one",), Rating.HARD), (True, ("one", "two"), Rating.EASY)],
)
def test_a_rating_is_suggested_by_ticks(typed: bool, ticks: tuple[str, ...], suggested: Rating | None) -> None:
    """Where nothing was typed and nothing ticked there is nothing to go by; going on takes what is suggested."""
    log = Log()
    now = reach(Phase.TYPING, log)
    for command in (*([Type("x")] if typed else []), Action.REVEAL, *([Tick(ticks)] if ticks else [])):
        now, _ = send(now, command, log)
    now, happened = send(now, Action.GO_ON, log)
    assert happened == [events.RatingAsked(suggested)]
    now, (first, *_) = send(now, Action.GO_ON, log)
    if suggested is None:
        assert first == events.Refused(Reason.WANTS_RATING)
    else:
        assert isinstance(first, events.Saved)
        assert (first.review.rating, first.suggested) == (suggested, suggested)


def test_ticks_can_be_given_whole() -> None:
    """`only` ticks exactly the points named; otherwise each is toggled."""
    now = reach(Phase.TICKING)
    steps = ((Tick(("one",)), {"one"}), (Tick(("two",), only=True), {"two"}), (Tick((), only=True), set()))
    for command, ticked in steps:
        now, (shown,) = send(now, command, Log())
        assert isinstance(shown, events.Ticked)
        assert shown.ticked == ticked


def test_an_item_can_be_asked_for() -> None:
    """One that waits comes next; one that was not drawn is added, and no card is dropped for it."""
    log = Log()
    now, (shown,) = send(reach(Phase.TYPING, log), AskFor(SECOND), log)
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == (SECOND, 1, 3)
    now, (added, shown) = send(now, AskFor(EXTRA), log)
    assert added == events.Added(EXTRA)
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == (EXTRA, 1, 4)
    assert [card.item for card in now.left] == [EXTRA, SECOND, FIRST, "t/c"]
    now, _ = send(now, Action.SKIP, log)
    for item in (EXTRA, "t/unknown"):
        _, (refused,) = send(now, AskFor(item), log)
        assert refused == events.Refused(Reason.NOT_ASKED, (item,))


def test_undo_asks_again_at_once() -> None:
    """The cancelled rating's card is current again, at its old position; a choice is undone from its pause, too."""
    for phase, command in ((Phase.TICKING, Rate(Rating.EASY)), (Phase.CHOOSING, Choose(0))):
        log = Log()
        now, _ = send(reach(phase, log), command, log)
        now, (undone, shown) = send(now, Action.UNDO, log)
        assert isinstance(undone, events.Undone)
        assert undone.review is not None
        assert isinstance(shown, events.CardShown)
        assert (shown.card.question.id, shown.card.position, shown.card.total) == (FIRST, 1, 3)
        assert log.reviews == {}
        now, (undone, _) = send(now, Action.UNDO, log)
        assert undone == events.Undone(None)


def test_undo_of_a_question_that_left_the_bank_asks_nothing() -> None:
    """Its card is gone from the session, and the counts say so."""
    log = Log()
    now, _ = send(reach(Phase.TICKING, log), Rate(Rating.EASY), log)
    now = now.replace(available=frozenset(ITEMS[1:]))
    now, (_, shown) = send(now, Action.UNDO, log)
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == (SECOND, 1, 2)


def test_what_another_process_answers_is_not_asked_again() -> None:
    """Who rates second is told, nothing counts twice, and the positions go on."""
    log = Log()
    now = reach(Phase.TICKING, log)
    send(reach(Phase.TICKING, log), Rate(Rating.EASY), log)
    now, happened = send(now, Rate(Rating.AGAIN), log)
    elsewhere, shown = happened
    assert elsewhere == events.AnsweredElsewhere(FIRST)
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == (SECOND, 2, 3)
    assert [review.rating for review in log.reviews.values()] == [Rating.EASY]


def test_what_another_process_has_answered_is_passed_over() -> None:
    """It counts as done: the card after it has the position after it."""
    log = Log()
    now = reach(Phase.TICKING, log)
    other, _ = send(reach(Phase.TICKING), AskFor(SECOND), log)
    for command in (Action.REVEAL, Rate(Rating.EASY)):
        other, _ = send(other, command, log)
    now, (_, shown) = send(now, Rate(Rating.GOOD), log)
    assert isinstance(shown, events.CardShown)
    assert (shown.card.question.id, shown.card.position, shown.card.total) == ("t/c", 3, 3)
    assert [card.item for card in now.left] == ["t/c"]


@pytest.mark.parametrize("command", [Type("x"), Action.SKIP, Action.UNDO])
def test_a_write_that_fails_can_be_tried_again(command: Command) -> None:
    """The effect is the same, and nothing is shown as done before it is."""
    log = Log()
    before = reach(Phase.TYPING, log)
    log.broken = True
    blocked, happened = send(before, command, log)
    assert (blocked.phase, happened) == (Phase.BLOCKED, [events.NotKept(FAULT)])
    _, happened = send(blocked, Action.GO_ON, log)
    assert happened == [events.NotKept(FAULT)]
    log.broken = False
    retried, _ = send(blocked, Action.GO_ON, log)
    straight, _ = send(reach(Phase.TYPING), command, Log())
    assert retried == straight


@pytest.mark.parametrize("command", [Action.QUIT, Action.SKIP, Action.UNDO, Action.END])
@pytest.mark.parametrize("broken", [True, False])
def test_giving_up_a_write_ends_with_its_fault(command: Command, broken: bool) -> None:
    """Whether the store can tell how the session went or not: the first fault is the one that counts."""
    log = Log()
    now = reach(Phase.BLOCKED, log)
    log.broken, log.fault = broken, EnvironmentFault("store.locked", path="second")
    now, (ended,) = send(now, command, log)
    assert isinstance(ended, events.Ended)
    assert ended.fault is FAULT
    assert (ended.summary is None) == broken
    assert now.phase is Phase.OVER


def test_a_session_that_cannot_be_looked_back_on_says_why() -> None:
    """Where nothing went wrong before, the fault of looking back is told."""
    log = Log()
    now = reach(Phase.TYPING, log)
    log.broken = True
    _, (ended,) = send(now, Action.QUIT, log)
    assert ended == events.Ended(None, FAULT)


def test_what_was_hard_is_worth_another_look() -> None:
    """Again and hard are, good and easy are not."""
    now, log = new_state(items=[*ITEMS, "t/d"]), Log()
    now, _ = send(now, Action.START, log)
    for rating in Rating:
        for command in (Action.REVEAL, Rate(rating)):
            now, happened = send(now, command, log)
    ended = happened[-1]
    assert isinstance(ended, events.Ended)
    assert ended.summary is not None
    assert ended.summary.weak == (FIRST, SECOND)
    assert set(ended.summary.ratings.values()) == {1}


def test_a_session_ends_when_nothing_is_left_or_when_told() -> None:
    """Leaving keeps the rest for later."""
    for command, ends in ((Action.QUIT, False), (Action.END, True)):
        log = Log()
        _, (ended,) = send(reach(Phase.TYPING, log), command, log)
        assert ended == events.Ended(events.SessionSummary((), (), tuple(ITEMS)))
        assert log.ended is ends
    log = Log()
    now = reach(Phase.TYPING, log)
    for _ in ITEMS:
        now, happened = send(now, Action.SKIP, log)
    assert happened[-1] == events.Ended(events.SessionSummary((), tuple(ITEMS), ()))
    assert log.ended


def test_a_session_whose_question_cannot_be_read_can_only_be_left() -> None:
    """No outcome has come: other commands are refused."""
    busy, _, effect = step(new_state(), Action.START, AT)
    assert isinstance(effect, events.Fetch)
    for command in (Action.SKIP, Action.UNDO, Action.GO_ON, Type("x")):
        assert step(busy, command, AT).events == (events.Refused(Reason.NOT_NOW),)
    _, (ended,) = send(busy, Action.QUIT, Log())
    assert isinstance(ended, events.Ended)


def test_a_question_without_choices_is_asked_in_recall() -> None:
    """Rather than not at all."""
    from dataclasses import replace

    busy, _, _ = step(new_state("choice"), Action.START, AT)
    outcome = events.Fetched(frozenset(), replace(question(FIRST), choices=()))
    assert step(busy, outcome, AT).state.phase is Phase.TYPING
    assert busy.left[0] == DeckCard(FIRST, Mode.CHOICE)
