"""A class list: one name a line, or CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from llmprep.checking.people import match
from llmprep.checking.submission_file import SubmissionFile
from llmprep.errors import UsageError
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.checking.discovery import FoundFiles

LARGEST = 1 << 20
HEADINGS = ("name", "person", "student", "姓名", "名字", "学生", "提交者")
"""Titles, in any case, of the column that holds the names."""

MOST_TITLES = 8
"""Cells of a line that are told."""


class _Row(NamedTuple):
    line: int
    cells: list[str]


def parse_roster(data: bytes, path: Path) -> tuple[str, ...]:
    """Return the names of a roster, in order.

    It is read as CSV (commas, semicolons or tabs), of which a name a line is the plainest. The names are in the column
    whose title says so; a list of one column needs no title, and then the first line is a name too.

    Args:
        data: the file's bytes.
        path: the file, for messages.

    Raises:
        UsageError: it is no UTF-8 text, holds no name, holds one twice, or has several columns of which none is known
            to hold the names.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("check.roster_not_text", path=path, line=data.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text or len(data) > LARGEST:
        raise UsageError("check.roster_no_list", path=path)
    rows = _rows(text, path)
    column, rows = _column(rows, path)
    lines: dict[str, int] = {}
    names = []
    for row in rows:
        name = row.cells[column].strip() if column < len(row.cells) else ""
        if not name:
            continue
        earlier = lines.setdefault(normalize("NFC", name), row.line)
        if earlier != row.line:
            raise UsageError("check.roster_twice", path=path, line=row.line, name=name, earlier=earlier)
        names.append(name)
    if not names:
        raise UsageError("check.roster_empty", path=path)
    return tuple(names)


def _rows(text: str, path: Path) -> list[_Row]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [_Row(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error:
        raise UsageError("check.roster_no_list", path=path) from None


def _column(rows: list[_Row], path: Path) -> tuple[int, list[_Row]]:
    """Return the column of the names, and the rows that hold some.

    Raises:
        UsageError: there are several columns without a known title, or a row has cells beyond the titles.
    """
    if not rows:
        return 0, rows
    titles = [cell.strip().casefold() for cell in rows[0].cells]
    for heading in HEADINGS:
        if heading in titles:
            for row in rows[1:]:
                if any(map(str.strip, row.cells[len(titles) :])):
                    raise _several_columns(row, path)
            return titles.index(heading), rows[1:]
    columns: set[int] = set()
    for row in rows:
        columns.update(place for place, cell in enumerate(row.cells) if cell.strip())
        if len(columns) > 1:
            raise _several_columns(rows[0] if len(titles) > 1 else row, path)
    return min(columns), rows


def _several_columns(row: _Row, path: Path) -> UsageError:
    shown = [cell.strip() for cell in row.cells if cell.strip()]
    shown = [*shown[:MOST_TITLES], *(["…"] if len(shown) > MOST_TITLES else [])]
    return UsageError("check.roster_columns", path=path, line=row.line, titles=shown)


def with_roster(found: FoundFiles, names: Sequence[str]) -> tuple[FoundFiles, frozenset[str]]:
    """Put the people of a roster first, in its order, with an entry for each who is absent.

    Who handed in a file that is no submission, beside the others' folders, has an entry that names it.

    Returns:
        What there is to grade, and the labels of those who are not on the roster.
    """
    theirs: dict[str, list[SubmissionFile]] = defaultdict(list)
    for entry in found.entries:
        theirs[entry.person].append(entry)
    people = list(theirs)
    listed, absent = match(names, people)
    labels = {name: people[person] for person, name in listed.items()}
    loose, _ = match(absent, [path.stem for path in found.others])
    handed_in = {name: found.others[place] for place, name in loose.items()}
    entries: list[SubmissionFile] = []
    for name in names:
        if name in labels:
            entries += theirs.pop(labels[name])
        elif name in handed_in:
            path = handed_in[name]
            entries.append(SubmissionFile(path, name, None, Finding("check.nothing_to_grade", {"names": [path.name]})))
        else:
            entries.append(SubmissionFile(Path(name), name, None, Finding("check.absent")))
    entries += chain.from_iterable(theirs.values())
    theirs_too = set(handed_in.values())
    others = tuple(path for path in found.others if path not in theirs_too)
    return found._replace(entries=tuple(entries), others=others), frozenset(theirs)
