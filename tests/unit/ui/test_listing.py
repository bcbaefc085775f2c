"""The list of items: a table that lines up in both languages."""

from __future__ import annotations

from llmprep.bank import Summary
from llmprep.model import Language, Text, Topic
from llmprep.ui.listing import listing
from llmprep.ui.terminal.wrap import width_of

TOPICS = (Topic("a", Text("Alpha", "甲")), Topic("b", Text("Beta", "乙")))
ENTRIES = (
    Summary("a/one", "question", Text("One", "一"), "easy", 5, (), ""),
    Summary("a/a-long-name", "exercise", Text("Two", "二"), "medium", 120, (), ""),
)


def test_lines():
    """Topics come with their items and counts, an empty one too; the total comes last."""
    assert list(listing(TOPICS, ENTRIES, Language.EN)) == [
        "Alpha (a) · 1 question, 1 exercise",
        "  a/one          question  easy      5 min  One",
        "  a/a-long-name  exercise  medium  120 min  Two",
        "",
        "Beta (b) · 0 questions, 0 exercises",
        "",
        "2 items · 1 question, 1 exercise",
    ]


def test_columns_line_up_in_every_language():
    """Titles begin in the same column of the terminal, whatever the width of the words before."""
    for language in Language:
        rows = [line for line in listing(TOPICS, ENTRIES, language) if line.startswith("  ")]
        titles = {Language.EN: ("One", "Two"), Language.ZH: ("一", "二"), Language.BOTH: ("One /", "Two /")}[language]
        columns = {width_of(row[: row.index(title)]) for row, title in zip(rows, titles, strict=True)}
        assert len(columns) == 1


def test_nothing():
    """A bank without items is a total of none."""
    assert list(listing((), (), Language.EN)) == ["0 items · 0 questions, 0 exercises"]
