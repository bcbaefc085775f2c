"""Compute a class's results: from each file's report to a row per person and exercise. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.identify import NO_ENTRY
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from llmprep.checking.batch import Graded

NOT_GRADED = {
    "check.absent": "absent",
    "check.nothing_there": "nothing_to_grade",
    "check.nothing_but": "nothing_to_grade",
    "check.nothing_to_grade": "nothing_to_grade",
}
"""Findings of a person without any file to grade, and the status of their row."""
MOST_NAMES = 3
"""People with the same code who are named; beyond them, how many there are."""


class Mark(NamedTuple):
    """What counts of one file, or of a person who has none."""

    person: str
    path: str
    exercise: str
    """Empty where it cannot be told."""
    status: str
    """A verdict, or `absent` or `nothing_to_grade`."""
    passed: int = 0
    total: int = 0
    score: float = 0.0
    mistake: str = ""
    code: str = ""
    """The code's fingerprint."""
    tried: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether it was accepted."""
        return self.status == Verdict.ACCEPTED


class Row(NamedTuple):
    """One person's work on one exercise, or the one row of a person without any."""

    person: str
    exercise: str
    best: int
    """The place of the mark that counts."""
    marks: tuple[int, ...]
    """The places of all marks for it."""
    same_as: tuple[str, ...] = ()
    """Other people who handed in the same code for it: the first `MOST_NAMES`."""
    same_count: int = 0
    """How many of them there are."""
    is_starter: bool = False
    """Whether the code is the starter's, unchanged."""
    tried: tuple[str, ...] = ()
    unlisted: bool = False
    """Whether there is a roster, and the person is not on it."""


def mark_of(graded: Graded) -> Mark:
    """Return what counts of a graded file."""
    report = graded.report
    key = report.findings[0].key if report.findings else ""
    return Mark(
        person=graded.entry.person,
        path=str(graded.entry.path),
        exercise=report.exercise,
        status=NOT_GRADED.get(key, report.verdict.value),
        passed=report.passed,
        total=report.total,
        score=report.score,
        mistake=report.mistake,
        code=report.code,
        tried=report.tried,
    )


def without_helpers(results: Iterable[Graded], left_out: Callable[[Graded], None]) -> Iterator[Graded]:
    """Leave out the files without an exercise's entry of people who have another file that was graded.

    Args:
        results: what was graded, each person's files together.
        left_out: called with each that is left out.
    """
    held: list[Graded] = []
    person, has_graded = "", False
    for graded in results:
        if graded.entry.person != person:
            yield from _settle(held, left_out, has_graded=has_graded)
            held, person, has_graded = [], graded.entry.person, False
        if is_helper(graded):
            held.append(graded)
        else:
            has_graded = has_graded or graded.exercise is not None
            yield graded
    yield from _settle(held, left_out, has_graded=has_graded)


def is_helper(graded: Graded) -> bool:
    """Return whether a file defines no exercise's entry."""
    return graded.exercise is None and any(finding.key in NO_ENTRY for finding in graded.report.findings)


def _settle(held: list[Graded], left_out: Callable[[Graded], None], *, has_graded: bool) -> Iterator[Graded]:
    if has_graded:
        for graded in held:
            left_out(graded)
    else:
        # The one that comes nearest to an entry first: its reason is the person's.
        yield from sorted(held, key=lambda graded: graded.report.findings[0].key == "check.unknown_exercise")


def rows_of(marks: Sequence[Mark], starters: Collection[str] = (), unlisted: Collection[str] = ()) -> tuple[Row, ...]:
    """Return a row for each person and exercise, in the order of the people.

    The best of a person's files for an exercise counts, of equals the first. Files whose exercise cannot be told make
    one row, whose reason is the first's.

    Args:
        marks: of all files.
        starters: the fingerprints of exercises' starters, each with its exercise's id before it and a blank between.
        unlisted: people who are not on the roster.
    """
    by_row: dict[tuple[str, str], list[int]] = defaultdict(list)
    authors: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for place, mark in enumerate(marks):
        by_row[mark.person, mark.exercise].append(place)
        if mark.code:
            authors[mark.exercise, mark.code][mark.person] = None
    people = dict.fromkeys(mark.person for mark in marks)
    order = {person: place for place, person in enumerate(people)}
    counts: dict[tuple[str, frozenset[str]], int] = {}
    rows = []
    for (person, exercise), places in sorted(by_row.items(), key=lambda each: (order[each[0][0]], not each[0][1])):
        mine = [marks[place] for place in places]
        codes = dict.fromkeys(one.code for one in mine if one.code and f"{exercise} {one.code}" not in starters)
        shared = [code for code in codes if len(authors[exercise, code]) > 1]
        groups = [authors[exercise, code] for code in shared]
        together = exercise, frozenset(shared)
        if together not in counts:
            counts[together] = _number_of_authors(groups)
        best = max(places, key=lambda place: (marks[place].accepted, marks[place].score, -place))
        rows.append(
            Row(
                person=person,
                exercise=exercise,
                best=best,
                marks=tuple(places),
                same_as=_first_others(groups, person),
                same_count=counts[together] - 1 if shared else 0,
                is_starter=bool(mine) and f"{exercise} {marks[best].code}" in starters,
                tried=tuple(dict.fromkeys(kind for one in mine for kind in one.tried)),
                unlisted=person in unlisted,
            )
        )
    return tuple(rows)


def _first_others(groups: Sequence[Mapping[str, None]], person: str) -> tuple[str, ...]:
    """Return the first few authors of the same codes but for a person, looking at no more of a group than that."""
    first = (other for group in groups for other in islice(group, MOST_NAMES + 1) if other != person)
    return tuple(islice(dict.fromkeys(first), MOST_NAMES))


def _number_of_authors(groups: Sequence[Mapping[str, None]]) -> int:
    """Return how many people there are in groups; the largest is not gone through, as it may be the whole class."""
    if not groups:
        return 0
    *smaller, largest = sorted(groups, key=len)
    return len(largest) + len({other for group in smaller for other in group if other not in largest})


class ClassSummary(NamedTuple):
    """The results of a class as a whole."""

    people: tuple[int, int]
    """How many people have everything accepted, of how many."""
    exercises: dict[str, tuple[int, int]]
    """For each exercise how many people were accepted, of how many who handed something in for it."""
    mistakes: tuple[tuple[str, str, int], ...]
    """The known mistakes by how many people made them: exercise, mistake, number."""

    @property
    def accepted(self) -> int:
        """How many of a person's exercises were accepted, over all."""
        return sum(accepted for accepted, _ in self.exercises.values())

    @property
    def handed_in(self) -> int:
        """How many there are of these."""
        return sum(total for _, total in self.exercises.values())


def summary_of(rows: Sequence[Row], marks: Sequence[Mark]) -> ClassSummary:
    """Count people, exercises and mistakes; a person counts once for each, however many files there are."""
    whole: dict[str, bool] = {}
    exercises: dict[str, tuple[int, int]] = {}
    mistakes: Counter[tuple[str, str]] = Counter()
    for row in rows:
        best = marks[row.best]
        whole[row.person] = whole.get(row.person, True) and best.accepted
        if row.exercise:
            accepted, total = exercises.get(row.exercise, (0, 0))
            exercises[row.exercise] = (accepted + best.accepted, total + 1)
        if best.mistake and not best.accepted:
            mistakes[row.exercise, best.mistake] += 1
    told = sorted(mistakes.items(), key=lambda each: (-each[1], each[0]))
    return ClassSummary(
        (sum(whole.values()), len(whole)),
        dict(sorted(exercises.items())),
        tuple((exercise, mistake, number) for (exercise, mistake), number in told),
    )
