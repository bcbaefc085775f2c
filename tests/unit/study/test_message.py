"""Laws of messages."""

from __future__ import annotations

import pytest

from llmprep.study.commands import Choose, Tick, Type
from llmprep.study.events import HelpShown, LookBack
from llmprep.study.message import Message


class Pair(Message):
    """One message."""

    one: int
    other: str = "x"


class Same(Message):
    """One with the same fields."""

    one: int
    other: str = "x"


def test_a_message_is_its_class_and_its_fields() -> None:
    """By place or by name, with defaults; equal and hashed by both, and readable."""
    assert Pair(1) == Pair(one=1) == Pair(1, "x") == Pair(1, other="x")
    assert len({Pair(1), Pair(1, "x"), Pair(2), Same(1)}) == 3
    assert Pair(1) != Same(1)
    assert Type("x") != Tick("x")  # type: ignore[arg-type]
    assert repr(Pair(1)) == "Pair(one=1, other='x')"
    match Pair(1, "y"):
        case Pair(one, other):
            assert (one, other) == (1, "y")


def test_a_message_without_fields_is_true() -> None:
    """So that `effect or …` cannot lose one."""
    assert HelpShown()
    assert LookBack() == LookBack()
    assert LookBack() != HelpShown()


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, "x", 2), {}), ((1,), {"one": 1}), ((1,), {"none": 1}), ((), {"other": "x"})]
)
def test_a_message_takes_each_field_once(values: tuple[object, ...], named: dict[str, object]) -> None:
    """Missing, unknown and doubled ones are errors."""
    with pytest.raises(TypeError):
        Pair(*values, **named)  # type: ignore[arg-type]


def test_a_message_is_frozen() -> None:
    """No field can be set."""
    with pytest.raises(AttributeError):
        Choose(1).number = 2  # type: ignore[misc]
