"""Laws of what a terminal shows of a session."""

from __future__ import annotations

import pytest

from llmprep.messages.say import CommandLine
from llmprep.model import Language
from llmprep.study import events
from llmprep.study.commands import Action, Choose, Command, Tick, Type
from llmprep.study.state import Phase
from llmprep.ui.quiz.terminal import TerminalOutput
from llmprep.ui.quiz.view import View
from sessions import FAULT, Log, reach, send


def shown(
    capsys: pytest.CaptureFixture[str], phase: Phase, *commands: Command, language: Language = Language.EN
) -> str:
    """What the last of some commands shows in a phase."""
    from llmprep.ui.terminal.console import console

    state, out = reach(phase), ""
    current = state.current
    output = TerminalOutput(View(console(plain=True), language, CommandLine(), plain=True))
    if current is not None:
        output.show(events.CardShown(current.card))
    for command in commands:
        capsys.readouterr()
        state, happened = send(state, command, Log())
        for event in happened:
            output.show(event)
        out = capsys.readouterr().out
    return " ".join(out.split())


@pytest.mark.parametrize(
    ("phase", "command", "words"),
    [
        (Phase.CHOOSING, Type("e"), "Type a letter from a to d."),
        (Phase.CHOOSING, Action.GO_ON, "Type a letter from a to d."),
        (Phase.CHOOSING, Choose(9), "Type a letter from a to d."),
        (Phase.TICKING, Tick(("9", "x")), "There is no key point 9 x. Type numbers from 1 to 2"),
        (Phase.TICKING, Tick(("\x1b[2J",)), r"There is no key point \x1b[2J."),
        (Phase.RATING, Type("5"), "Type 1, 2, 3 or 4."),
        (Phase.RATING, Action.GO_ON, "Type 1, 2, 3 or 4."),
        (Phase.TYPING, Action.TRAPS, "That is not possible here; ? shows what is."),
        (Phase.TICKING, Action.HINT, "h (hint) is not available in this version."),
        (Phase.RATING, Action.BURY, "- (bury until tomorrow) is not available in this version."),
        (Phase.CHOOSING, Action.SUSPEND, "! (suspend) is not available in this version."),
        (Phase.PAUSING, Action.FLAG, "* (flag) is not available in this version."),
        (Phase.PAUSING, Action.LANGUAGE, "l (language) is not available in this version."),
        (Phase.TICKING, Action.HELP, "At every prompt: ? this help"),
        (Phase.TICKING, Tick(("two",)), "Ticked: 2 (1 of 2)"),
    ],
)
def test_each_refusal_says_what_to_type(
    capsys: pytest.CaptureFixture[str], phase: Phase, command: Command, words: str
) -> None:
    """In the words of the prompt that it was typed at."""
    assert words in shown(capsys, phase, command)


def test_refusals_are_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """With the key and what it will do."""
    assert "当前版本尚不支持 h（提示）。" in shown(capsys, Phase.TICKING, Action.HINT, language=Language.ZH)


def test_a_failed_write_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """After what the store says."""
    from llmprep.ui.terminal.console import console

    TerminalOutput(View(console(plain=True), Language.EN, CommandLine())).show(events.NotKept(FAULT))
    out = capsys.readouterr().out
    assert "The disk is full: full" in out
    assert out.endswith("Enter tries again, q gives up.\n")


def test_an_added_card_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """By its id."""
    from llmprep.ui.terminal.console import console

    TerminalOutput(View(console(plain=True), Language.EN, CommandLine())).show(events.Added("t/extra"))
    assert capsys.readouterr().out == "Added to the session: t/extra.\n"
