"""Laws of a class's rows: whose best counts, what is marked, what is counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking.batch import Graded
from llmprep.checking.gradebook import Mark, Row, rows_of, summary_of, without_helpers
from llmprep.checking.submission_file import SubmissionFile
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable


def mark(
    person: str, exercise: str, score: float = 0.0, code: str = "", tried: tuple[str, ...] = (), mistake: str = ""
) -> Mark:
    status = "accepted" if score == 1 else "wrong_answer" if exercise else "invalid_submission"
    return Mark(person, f"{person}.py", exercise, status, round(10 * score), 10, score, mistake, code, tried)


def test_the_best_of_a_persons_files_counts() -> None:
    """For each exercise the best, of equals the first; what belongs to no exercise is one row, behind the others."""
    marks = [
        mark("ann", ""),
        mark("ann", "t/a", 0.2),
        mark("ann", "t/a", 1),
        mark("ann", "t/b", 0.5),
        mark("ann", "t/a", 1),
    ]
    assert [(row.exercise, row.best, row.marks) for row in rows_of(marks)] == [
        ("t/a", 2, (1, 2, 4)),
        ("t/b", 3, (3,)),
        ("", 0, (0,)),
    ]


def test_accepted_is_better_than_any_score() -> None:
    """A right answer that was too slow does not count before one that was accepted."""
    slow = mark("ann", "t/a", 0.99)._replace(score=1.0)
    rows = rows_of([slow, mark("ann", "t/a", 1)])
    assert [row.best for row in rows] == [1]


CODE = "c" * 32


@pytest.mark.parametrize(
    ("marks", "same"),
    [
        ([("ann", "t/a", CODE), ("bob", "t/a", CODE)], {"ann": ("bob",), "bob": ("ann",)}),
        ([("ann", "t/a", CODE), ("bob", "t/b", CODE)], {"ann": (), "bob": ()}),
        ([("ann", "t/a", CODE), ("ann", "t/a", CODE)], {"ann": ()}),
        ([("ann", "t/a", ""), ("bob", "t/a", "")], {"ann": (), "bob": ()}),
        ([("ann", "t/a", CODE), ("bob", "t/a", "d" * 32)], {"ann": (), "bob": ()}),
        (
            [("ann", "t/a", CODE), ("bob", "t/a", CODE), ("cy", "t/a", CODE)],
            {"ann": ("bob", "cy"), "bob": ("ann", "cy"), "cy": ("ann", "bob")},
        ),
        ([("ann", "t/a", ""), ("bob", "t/a", CODE), ("bob", "t/a", "d" * 32)], {"ann": (), "bob": ()}),
        # Also where it is not the file that counts.
        ([("ann", "t/a", CODE), ("bob", "t/a", "d" * 32), ("bob", "t/a", CODE)], {"ann": ("bob",), "bob": ("ann",)}),
    ],
)
def test_the_same_code_is_marked_on_each(marks: list[tuple[str, str, str]], same: dict[str, tuple[str, ...]]) -> None:
    """Two people's, for one exercise; nobody is refused for it."""
    rows = rows_of([mark(person, exercise, 1, code) for person, exercise, code in marks])
    assert {row.person: row.same_as for row in rows} == same
    assert {row.person: row.same_count for row in rows} == {person: len(others) for person, others in same.items()}


def test_the_others_are_counted_once() -> None:
    """Whoever has two codes in common with somebody is one person; three are named, all are counted."""
    handed_in = [(person, CODE) for person in "abcdef"] + [("a", "d" * 32), ("b", "d" * 32), ("g", "d" * 32)]
    handed_in += [("a", CODE), ("g", "e" * 32)]
    rows = {row.person: row for row in rows_of([mark(person, "t/a", 1, code) for person, code in handed_in])}
    assert {person: (row.same_as, row.same_count) for person, row in rows.items()} == {
        "a": (("b", "c", "d"), 6), "b": (("a", "c", "d"), 6), "c": (("a", "b", "d"), 5), "d": (("a", "b", "c"), 5),
        "e": (("a", "b", "c"), 5), "f": (("a", "b", "c"), 5), "g": (("a", "b"), 2),
    }  # fmt: skip


class Person(str):
    """A name that counts how often it is looked up in a table."""

    __slots__ = ()
    lookups = 0

    def __hash__(self) -> int:
        Person.lookups += 1
        return super().__hash__()

    __eq__ = str.__eq__


@pytest.mark.parametrize(
    "codes",
    [
        lambda _: (CODE,),
        lambda _: (CODE, CODE, CODE),
        lambda _: (CODE, "d" * 32),
        lambda number: (CODE, f"own {number}"),
        lambda number: (CODE, f"pair {number // 2}"),
        lambda number: (CODE, f"half {number % 2}"),
    ],
    ids=["one", "one thrice", "two", "one and their own", "one and a pair's", "one and a half's"],
)
def test_the_same_code_costs_what_there_are_people(codes: Callable[[int], tuple[str, ...]]) -> None:
    """Eight times as many people, whoever shares code with whom: eight times as many look-ups and names."""
    lookups, names = [], []
    for size in (50, 400):
        people = [Person(f"p{number}") for number in range(size)]
        marks = [mark(person, "t/a", 1, code) for number, person in enumerate(people) for code in codes(number)]
        Person.lookups = 0
        rows = rows_of(marks)
        lookups.append(Person.lookups)
        names.append(sum(len(row.same_as) for row in rows))
        assert all(row.same_count == size - 1 for row in rows)
    assert lookups[1] <= 9 * lookups[0]
    assert names[1] <= 9 * names[0]


def test_the_starter_is_nobodys_code() -> None:
    """Who hands the starter in unchanged has that said, and is not told to have copied."""
    rows = rows_of(
        [mark("ann", "t/a", 0, CODE), mark("bob", "t/a", 0, CODE), mark("cy", "t/b", 0, CODE)], {f"t/a {CODE}"}
    )
    assert [(row.same_as, row.is_starter) for row in rows] == [((), True), ((), True), ((), False)]


def test_what_was_tried_is_said_whatever_counts() -> None:
    """A file that tried to start a process has that said of its person, also where another file is the best."""
    (row,) = rows_of([mark("ann", "t/a", 0.1, tried=("process",)), mark("ann", "t/a", 1, tried=("write", "process"))])
    assert row.tried == ("process", "write")


def test_people_exercises_and_mistakes_are_counted() -> None:
    """People, not files: a person is accepted with all exercises, an exercise by each who handed one in."""
    marks = [
        mark("ann", "t/a", 1), mark("ann", "t/b", 0.1, mistake="m"), mark("bob", "t/a", 0.1, mistake="n"),
        mark("bob", "t/a", 1), mark("cy", "t/a", 0.1, mistake="n"), mark("cy", "t/a", 0.1, mistake="n"),
        mark("dan", "")._replace(status="absent"),
    ]  # fmt: skip
    summary = summary_of(rows_of(marks), marks)
    assert summary.people == (1, 4)
    assert summary.exercises == {"t/a": (2, 3), "t/b": (0, 1)}
    assert summary.mistakes == (("t/a", "n", 1), ("t/b", "m", 1))
    assert (summary.accepted, summary.handed_in) == (2, 4)


PEOPLE, EXERCISES = st.sampled_from("abcd"), st.sampled_from(["", "t/x", "t/y"])


@given(st.lists(st.builds(mark, PEOPLE, EXERCISES, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from(["", CODE]))))
def test_every_mark_is_in_one_row(marks: list[Mark]) -> None:
    """Nothing is lost, nothing twice, everybody is there in the order of coming; same code is marked both ways."""
    rows = rows_of(marks)
    assert sorted(place for row in rows for place in row.marks) == list(range(len(marks)))
    assert list(dict.fromkeys(row.person for row in rows)) == list(dict.fromkeys(one.person for one in marks))
    assert all(row.best in row.marks for row in rows)
    by_key: dict[tuple[str, str], Row] = {(row.person, row.exercise): row for row in rows}
    assert all(row.person in by_key[other, row.exercise].same_as for row in rows for other in row.same_as)
    summary = summary_of(rows, marks)
    assert summary.people[1] == len({one.person for one in marks})


def graded(person: str, name: str, key: str = "", exercise: object = None) -> Graded:
    report = Report("", "", Verdict.INVALID_SUBMISSION, (), 0, (Finding(key),) if key else ())
    return Graded(SubmissionFile(Path(name), person), exercise, report)  # type: ignore[arg-type]


def test_a_helper_is_left_out_beside_what_is_graded() -> None:
    """A file without an entry counts only where its person has no other; the nearest to an entry is told first."""
    results = [
        graded("ann", "a_helper.py", "check.unknown_exercise"),
        graded("ann", "x.py", exercise="t/a"),
        graded("ann", "old.py", "check.invalid_not_text"),
        graded("ann", "z_helper.py", "check.entry_near"),
        graded("bob", "a.py", "check.unknown_exercise"),
        graded("bob", "b.py", "check.entry_near"),
        graded("cy", "x.py", exercise="t/a"),
        graded("dan", "x.py", "bank.unknown_item"),
        graded("dan", "y.py", "check.unknown_exercise"),
    ]
    left_out: list[str] = []
    kept = without_helpers(results, lambda each: left_out.append(each.entry.path.name))
    assert [f"{each.entry.person} {each.entry.path}" for each in kept] == [
        "ann x.py", "ann old.py", "bob b.py", "bob a.py", "cy x.py", "dan x.py", "dan y.py",
    ]  # fmt: skip
    assert left_out == ["a_helper.py", "z_helper.py"]
