"""Laws of what a typed line means."""

from __future__ import annotations

import pytest

from llmprep.store import Rating
from llmprep.study.commands import PLANNED as PLANNED_ACTIONS
from llmprep.study.commands import Action, Choose, Command, Rate, Tick, Type
from llmprep.study.state import Phase
from llmprep.ui.quiz.keys import AFTERWARDS, ANYWHERE, PLANNED, translate
from sessions import reach

ASKING = (Phase.TYPING, Phase.TICKING, Phase.RATING, Phase.CHOOSING, Phase.PAUSING)


@pytest.mark.parametrize("phase", [*ASKING, Phase.BLOCKED], ids=lambda phase: phase.value)
def test_four_keys_count_at_every_prompt(phase: Phase) -> None:
    """In either width and case, with spaces; the end of input is a key, too."""
    for line, action in {"?": Action.HELP, "q": Action.QUIT, "s": Action.SKIP, "u": Action.UNDO}.items():
        assert ANYWHERE[line] is action
        for typed in (line, f" {line.upper()} ", chr(ord(line) + 0xFEE0)):
            assert translate(typed, reach(phase)) is action
    assert translate(None, reach(phase)) is Action.QUIT


@pytest.mark.parametrize("line", [*PLANNED, *AFTERWARDS, "1", "2 3", "a", "-", "－", "！", "h ", "L", "easy", "- item"])
def test_an_answer_that_is_typed_is_never_a_key(line: str) -> None:
    """While an answer is typed only today's four keys count: what a later version may add, too, is text."""
    assert translate(line, reach(Phase.TYPING)) == Type(line)


@pytest.mark.parametrize("phase", ASKING[1:], ids=lambda phase: phase.value)
def test_planned_keys_have_their_place(phase: Phase) -> None:
    """Everywhere else each is a command already, which the session refuses."""
    assert set(PLANNED.values()) == PLANNED_ACTIONS
    for key, action in PLANNED.items():
        assert translate(key, reach(phase)) is action
    assert translate("！", reach(phase)) is Action.SUSPEND
    assert translate("h", reach(Phase.BLOCKED)) is Action.GO_ON


@pytest.mark.parametrize(
    ("phase", "line", "command"),
    [
        (Phase.TYPING, "", Action.REVEAL),
        (Phase.TYPING, "  ", Action.REVEAL),
        (Phase.TYPING, "fact0\n\nfact1", Type("fact0\n\nfact1")),
        (Phase.TICKING, "", Action.GO_ON),
        (Phase.TICKING, "1", Tick(("one",))),
        (Phase.TICKING, "０２、1", Tick(("two", "one"))),
        (Phase.TICKING, "9 1 x", Tick(("9", "one", "x"))),
        (Phase.TICKING, ",", Tick((",",))),
        (Phase.TICKING, "t", Action.TRAPS),
        (Phase.TICKING, "F", Action.FOLLOW_UPS),
        (Phase.RATING, "c", Action.CODE),
        (Phase.RATING, "3", Rate(Rating.GOOD)),
        (Phase.RATING, "easy", Rate(Rating.EASY)),
        (Phase.RATING, "良好", Rate(Rating.GOOD)),
        (Phase.RATING, "5", Type("5")),
        (Phase.CHOOSING, "a", Choose(0)),
        (Phase.CHOOSING, "Ｄ", Choose(3)),
        (Phase.CHOOSING, "c", Choose(2)),
        (Phase.CHOOSING, "e", Type("e")),
        (Phase.CHOOSING, "ab", Type("ab")),
        (Phase.CHOOSING, "t", Type("t")),
        (Phase.PAUSING, "", Action.GO_ON),
        (Phase.PAUSING, "t", Action.TRAPS),
        (Phase.PAUSING, "anything", Type("anything")),
        (Phase.BLOCKED, "", Action.GO_ON),
        (Phase.BLOCKED, "anything", Action.GO_ON),
    ],
)
def test_a_line_means_what_its_prompt_asks_for(phase: Phase, line: str, command: Command) -> None:
    """Numbers tick, rate or pick by what is asked; what is no command is a line that the session may refuse."""
    assert translate(line, reach(phase)) == command


def test_a_choice_with_many_options_takes_their_letters_first() -> None:
    """`h` and `l` name options where there are that many."""
    state = reach(Phase.CHOOSING)
    assert state.current is not None
    card = state.current.card.replace(order=tuple(range(12)))
    state = state.replace(current=state.current.replace(card=card))
    assert [translate(letter, state) for letter in "hl-"] == [Choose(7), Choose(11), Action.BURY]
