"""Laws of how a session in a terminal ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from llmprep.cli import quiz_command
from llmprep.errors import BankError, EnvironmentFault
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable


class Broken:
    """A sitting that is finished and whose store refuses all that is asked of it."""

    finished = True

    plan = SimpleNamespace(cards=())

    def summary(self) -> Any:
        raise EnvironmentFault("store.locked", path="second")

    def end(self) -> None:
        raise EnvironmentFault("store.locked", path="third")


def converse(monkeypatch: pytest.MonkeyPatch, run: Callable[[Any], None], sitting: Any = None) -> None:
    monkeypatch.setattr("llmprep.ui.quiz.terminal.Conversation.run", run)
    quiz_command._converse(sitting or Broken(), Language.EN, plain=True, options="", resumed=False, next_steps=list)


@pytest.mark.parametrize(
    "first",
    [EnvironmentFault("store.full", path="first"), KeyboardInterrupt(), BankError([])],
    ids=lambda e: type(e).__name__,
)
def test_what_went_wrong_first_is_what_is_told(monkeypatch: pytest.MonkeyPatch, first: BaseException) -> None:
    """A store that refuses the answer may refuse the summary, too: that takes the place of no earlier error."""

    def run(_: object) -> None:
        raise first

    with pytest.raises(type(first)) as caught:
        converse(monkeypatch, run)
    assert caught.value is first


def test_a_session_that_ends_well_and_cannot_be_looked_back_on_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing went wrong before, the summary's own error is told."""
    with pytest.raises(EnvironmentFault) as caught:
        converse(monkeypatch, lambda _: None)
    assert caught.value.facts == {"path": "second"}
