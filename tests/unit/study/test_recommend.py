"""Laws of what comes after an accepted exercise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmprep.bank import Summary
from llmprep.model import Text
from llmprep.study.recommend import next_exercises, next_item
from sessions import question


def entry(name: str, kind: str = "exercise") -> Summary:
    return Summary(name, kind, Text("a", "b"), "easy", 1, (), "")


A, B, C = entry("t/a"), entry("t/b"), entry("t/c")
Q, OTHER = entry("t/q", "question"), entry("u/x")
ALL = (A, B, C, Q, OTHER)


def chosen(item: str, related: tuple[str, ...] = (), done: frozenset[str] = frozenset()) -> str | None:
    found = next_item(item, related, ALL, done)
    return found.id if found else None


def test_a_related_exercise_comes_first() -> None:
    """Related exercises before related questions, in the order in which they are named; then the questions."""
    assert chosen("t/a", ("t/q", "u/x", "t/c")) == "u/x"
    assert chosen("t/a", ("t/q", "u/x", "t/c"), frozenset({"u/x"})) == "t/c"
    assert chosen("t/a", ("t/q", "u/x"), frozenset({"u/x"})) == "t/q"


def test_else_the_topics_next_exercise() -> None:
    """Where nothing related is left, the exercise after this one in its topic, and after the last the first."""
    assert chosen("t/a", ("t/q",), frozenset({"t/q"})) == "t/b"
    assert chosen("t/b") == "t/c"
    assert chosen("t/c") == "t/a"
    assert chosen("t/c", (), frozenset({"t/a"})) == "t/b"


def test_else_nothing() -> None:
    """A topic that is done, or a bank without others, offers nothing; what no bank has is no offer."""
    assert chosen("t/a", ("no/where",), frozenset({"t/b", "t/c"})) is None
    assert next_item("t/a", ("t/b",), (), ()) is None


ids = st.sampled_from([one.id for one in ALL])


@given(ids, st.lists(ids), st.sets(ids))
def test_never_what_is_done(item: str, related: list[str], done: set[str]) -> None:
    """What is offered is there, is not the exercise itself, and is not done."""
    found = next_item(item, related, ALL, done)
    assert found is None or (found in ALL and found.id not in {item, *done})


def test_after_a_session_related_exercises_come_first_and_solved_ones_never() -> None:
    """At most three, each once."""
    from dataclasses import replace

    asked = [replace(question("t/a"), related=("t/y", "t/gone", "t/solved"))]
    exercises = ["t/x", "t/y", "t/z", "t/solved", "t/w"]
    assert next_exercises(asked, exercises, {"t/solved"}) == ["t/y", "t/x", "t/z"]
