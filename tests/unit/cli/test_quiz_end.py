"""Laws of how a session in a terminal ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from llmprep.cli import quiz_session
from llmprep.errors import BankError, EnvironmentFault
from llmprep.messages.say import CommandLine
from llmprep.model import Language
from llmprep.store import Store
from llmprep.study.deck import SessionOptions
from llmprep.study.resume import new_session
from llmprep.ui.quiz.view import View
from sessions import ITEMS, NOW, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from llmprep.model import Question


class Bank:
    """A bank of three questions and no exercise."""

    def question(self, item: str) -> Question:
        return question(item)

    def summaries(self, _: list[str]) -> list[object]:
        return []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, NOW) as opened:
        yield opened


def converse(store: Store, monkeypatch: pytest.MonkeyPatch, read: Callable[[str], str | None]) -> None:
    from llmprep.ui.terminal.console import console

    monkeypatch.setattr("llmprep.ui.quiz.prompt.Prompter.line", lambda _, prompt: read(prompt))
    session = new_session(store, SessionOptions(), ITEMS, drawn=1, name="s", now=NOW)
    quizzed = quiz_session.Quiz(Bank(), store, session, frozenset(ITEMS), lambda: NOW)  # type: ignore[arg-type]
    view = View(console(plain=True), Language.EN, CommandLine(), plain=True)
    quiz_session.run_in_terminal(quizzed, view, plain=True, resumed=False)


def broken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the store refuse all that is asked of it from now on."""

    def refuse(*_: object, **__: object) -> None:
        raise EnvironmentFault("store.locked", path="second")

    for name in ("answered", "reviews", "skip", "end_session", "items_with_verdict"):
        monkeypatch.setattr(store, name, refuse)


@pytest.mark.parametrize("first", [KeyboardInterrupt(), BankError([])], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("twice", [False, True])
def test_what_went_wrong_first_is_what_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], first: BaseException, twice: bool
) -> None:
    """The summary is shown if the store can tell it; a store that refuses takes the place of no earlier error."""

    def read(_: str) -> str:
        if twice:
            broken(store, monkeypatch)
        raise first

    with pytest.raises(type(first)) as caught:
        converse(store, monkeypatch, read)
    assert caught.value is first
    assert ("Answered 0 · skipped 0 · left 3" in capsys.readouterr().out) != twice


@pytest.mark.parametrize("twice", [False, True])
def test_a_write_given_up_is_what_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], twice: bool
) -> None:
    """After the summary, if the store can tell it."""
    first = EnvironmentFault("store.full", path="first")
    lines = iter(["s", "", "q"])

    def skip(*_: object) -> None:
        if twice:
            broken(store, monkeypatch)
            monkeypatch.setattr(store, "skip", skip)
        raise first

    monkeypatch.setattr(store, "skip", skip)
    with pytest.raises(EnvironmentFault) as caught:
        converse(store, monkeypatch, lambda _: next(lines))
    assert caught.value is first
    out = capsys.readouterr().out
    assert out.count("Enter tries again") == 2
    assert ("Answered 0 · skipped 0 · left 3" in out) != twice


def test_a_session_that_ends_well_and_cannot_be_looked_back_on_says_why(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing went wrong before, the summary's own error is told."""

    def read(_: str) -> str:
        broken(store, monkeypatch)
        return "q"

    with pytest.raises(EnvironmentFault) as caught:
        converse(store, monkeypatch, read)
    assert caught.value.facts == {"path": "second"}


def test_leaving_says_how_to_resume(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a complete session does not."""
    for lines, left in ((["q"], True), (["s", "s", "s"], False)):
        given = iter(lines)
        with Store.open(store.path.parent / str(left), NOW) as other:
            converse(other, monkeypatch, lambda _, given=given: next(given))
            session = other.last_session()
        out = capsys.readouterr().out
        assert ("goes on from here" in out) == left
        assert session is not None
        assert (session.ended is None) == left
