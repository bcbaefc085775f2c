"""A class as a table: a row a person, a column an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import flat, say
from llmprep.ui.report.batch import notes_of, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

    from llmprep.checking.gradebook import Row
    from llmprep.model import Language
    from llmprep.ui.report.batch import FileOutcome


WIDEST_CELL, GAP = len("✗ 99 %"), 2
"""Columns of a score, and between two."""
NARROWEST_NOTE = 28
"""Columns that notes need; where there are fewer, they go on below."""
NOTES = ""
"""Stands for the notes among the exercises."""


def print_table(console: Console, rows: Sequence[Row], outcomes: Sequence[FileOutcome], language: Language) -> None:
    """A table by person and exercise: a tick, or the share of cases passed, and what else is to be said.

    One that would be wider than the console goes on below, with those who have something to show there.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    exercises = list(dict.fromkeys(row.exercise for row in rows if row.exercise))
    people: dict[str, dict[str, str]] = {}
    for row in rows:
        theirs = people.setdefault(row.person, {})
        if row.exercise:
            theirs[row.exercise] = _cell(row, outcomes[row.best], language)
    for person, notes in _notes(rows, outcomes, language).items():
        people[person][NOTES] = notes
    column = say("check.column_person", language)
    for_people = min(console.width // 2, max(cell_len(flat(person)) for person in (column, *people)))
    widths = {
        name: max(
            WIDEST_CELL,
            *map(len, _Heading(_slug(name)).parts),
            *(cell_len(theirs.get(name, "")) for theirs in people.values()),
        )
        for name in exercises
    }
    longest_note = max((cell_len(theirs.get(NOTES, "")) for theirs in people.values()), default=0)
    for part in _side_by_side(widths, console.width - for_people, notes=longest_note > 0):
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
        table.add_column(column, overflow="fold", width=for_people)
        for name, width in _spread(part, widths, console.width - for_people, longest_note).items():
            if name == NOTES:
                table.add_column(say("check.column_notes", language), overflow="fold", width=width)
            else:
                table.add_column(_Heading(_slug(name)), justify="right", overflow="fold", width=width)
        for person, theirs in people.items():
            if not theirs.keys().isdisjoint(part):
                cells = [theirs.get(name, "" if name == NOTES else "·") for name in part]
                table.add_row(Text(flat(person)), *map(Text, cells))
        console.print()
        console.print(table)


def _notes(rows: Sequence[Row], outcomes: Sequence[FileOutcome], language: Language) -> dict[str, str]:
    """Each person's notes, each once; of who has several exercises, with the exercise that they are about."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.person] = counts.get(row.person, 0) + bool(row.exercise)
    several = {person for person, count in counts.items() if count > 1}
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for note in notes_of(row, outcomes[row.best], language):
            about = f"{_slug(row.exercise)}: " if row.exercise and row.person in several else ""
            found.setdefault(row.person, {})[about + note] = None
    return {person: "; ".join(notes) for person, notes in found.items()}


def _side_by_side(widths: Mapping[str, int], width: int, *, notes: bool) -> Iterator[list[str]]:
    """The columns that fit into a width, one table after the other; notes come last."""
    part: list[str] = []
    taken = 0
    for name, wanted in [*widths.items(), *([(NOTES, NARROWEST_NOTE)] if notes else [])]:
        column = GAP + wanted
        if part and taken + column > width:
            yield part
            part, taken = [], 0
        part.append(name)
        taken += column
    yield part


def _spread(part: Sequence[str], widths: Mapping[str, int], width: int, longest_note: int) -> dict[str, int]:
    """How wide each column is: as it must be, and where there is room, notes and then headings as they would be."""
    found = {name: widths.get(name, max(1, min(NARROWEST_NOTE, width - GAP))) for name in part}
    spare = width - sum(GAP + each for each in found.values())
    for name in sorted(part, key=lambda each: each != NOTES):
        wanted = longest_note if name == NOTES else len(_slug(name))
        more = max(0, min(spare, wanted - found[name]))
        found[name] += more
        spare -= more
    return {name: found[name] for name in part}


def _slug(exercise: str) -> str:
    return exercise.partition("/")[2] or "?"


class _Heading:
    """An exercise's slug over a column: where that is narrow, its lines end at hyphens."""

    def __init__(self, slug: str) -> None:
        self.parts = [part + "-" * (place < slug.count("-")) for place, part in enumerate(slug.split("-"))]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        widths = [len(part) for part in self.parts]
        return Measurement(max(widths), sum(widths)).clamp(max_width=options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        lines = [""]
        for part in self.parts:
            if lines[-1] and len(lines[-1] + part) > options.max_width:
                lines.append("")
            lines[-1] += part
        yield Text("\n".join(lines), justify="right", overflow="fold")


def _cell(row: Row, outcome: FileOutcome, language: Language) -> str:
    """The best of a person's files for one exercise, and of how many."""
    mark = "✓" if outcome.accepted else f"✗ {percent(outcome.mark)} %" if outcome.mark.total else "✗"
    return mark if len(row.marks) == 1 else f"{mark} {say('check.best_of', language, count=len(row.marks))}"
