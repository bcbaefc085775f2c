"""Tables in a terminal: columns that line up, each as wide as it needs and the terminal has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.ui.terminal import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

GAP = 2
"""Columns between two of the table's."""
LEAST = 4
"""The columns that every column keeps."""


def table_lines(rows: Sequence[Sequence[Text]], align: Sequence[str], width: int, *, bold: bool) -> Iterator[Text]:
    """Yield the lines of a table: the header, a rule, and the rows, with cells broken where the table is too wide.

    Args:
        rows: the header's cells and then those of each row.
        align: of each column `right`, `center`, or anything else for left.
        width: the columns that the table may take.
        bold: whether the header is drawn bold.
    """
    from rich.text import Text

    natural = [max(wrap.width_of(cell.plain) for cell in column) for column in zip(*rows, strict=True)]
    widths = fitted(natural, width - GAP * (len(natural) - 1))
    for number, row in enumerate(rows):
        if bold and number == 0:
            for cell in row:
                cell.stylize("bold")
        yield from _row(row, align, widths)
        if number == 0:
            yield Text((" " * GAP).join(("─" if bold else "-") * column for column in widths), "dim" if bold else "")


def fitted(natural: Sequence[int], room: int) -> list[int]:
    """Fit columns: they stay as they are where there is room, else the widest are cut to a common width."""
    limit = min(max(natural, default=0), max(room, LEAST))
    while limit > LEAST and sum(min(column, limit) for column in natural) > room:
        limit -= 1
    return [min(column, limit) for column in natural]


def _row(row: Sequence[Text], align: Sequence[str], widths: Sequence[int]) -> Iterator[Text]:
    from rich.text import Text

    cells = [list(wrap.wrapped(cell, column)) for cell, column in zip(row, widths, strict=True)]
    for line in range(max(map(len, cells), default=0) or 1):
        drawn = Text()
        for column, (cell, width, side) in enumerate(zip(cells, widths, align, strict=True)):
            part = cell[line] if line < len(cell) else Text()
            room = max(width - wrap.width_of(part.plain), 0)
            before = room if side == "right" else room // 2 if side == "center" else 0
            drawn.append(" " * (before + (GAP if column else 0)))
            drawn.append_text(part)
            drawn.append(" " * (room - before))
        drawn.rstrip()
        yield drawn
