"""Laws of tables in a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from llmprep.ui.terminal.table import GAP, LEAST, fitted, table_lines
from llmprep.ui.terminal.wrap import width_of

CELLS = st.text(alphabet="ab 中，x1", max_size=30)
ROWS = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=4)
)


@given(ROWS, st.integers(24, 80))
def test_a_table_fits_and_loses_nothing(rows, width):
    """No line is wider than the terminal but for columns' least width, and every character of a cell is shown."""
    columns = len(rows[0])
    lines = list(table_lines([list(map(Text, row)) for row in rows], ["left"] * columns, width, bold=False))
    assert all(width_of(line.plain) <= max(width, columns * (LEAST + GAP)) for line in lines)

    def letters(text):
        return sorted(text.replace(" ", "").replace("-", ""))

    assert letters("".join(line.plain for line in lines)) == letters("".join(cell for row in rows for cell in row))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(10, 100))
def test_only_wide_columns_are_cut(natural, room):
    """Columns that fit stay as they are; the others share what is left, and none falls below its least width."""
    widths = fitted(natural, room)
    assert all(width <= column for width, column in zip(widths, natural, strict=True))
    if sum(natural) <= room:
        assert widths == natural
    else:
        cut = [width for width, column in zip(widths, natural, strict=True) if width < column]
        assert len(set(cut)) <= 1
        assert sum(widths) <= room or max(widths) == LEAST


def test_sides():
    """Cells stand at the side that the table says."""
    rows = [[Text("long head"), Text("middle one"), Text("right")], [Text("a"), Text("bb"), Text("c")]]
    lines = [line.plain for line in table_lines(rows, ["", "center", "right"], 80, bold=False)]
    assert lines == ["long head  middle one  right", "---------  ----------  -----", "a              bb          c"]
