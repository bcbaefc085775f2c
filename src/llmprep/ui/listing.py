"""The bank's items as a table by topic, plain enough to be cut, searched and copied from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import one_line, say
from llmprep.ui.terminal.wrap import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.bank import Summary
    from llmprep.model import Language, Topic


def listing(topics: Sequence[Topic], entries: Sequence[Summary], language: Language) -> Iterator[str]:
    """Yield the lines of the table: each topic with its items, then how many there are.

    Args:
        topics: those to show, even without items.
        entries: the items of these topics.
        language: of titles and words.
    """
    rows = {entry.id: _row(entry, language) for entry in entries}
    widths = [max(map(width_of, column)) for column in zip(*rows.values(), strict=True)]
    below: dict[str, list[Summary]] = {topic.id: [] for topic in topics}
    for entry in entries:
        below[entry.topic].append(entry)
    for topic in topics:
        yield f"{one_line(topic.title, language)} ({topic.id}) · {_count(below[topic.id], language)}"
        for entry in below[topic.id]:
            cells = zip(rows[entry.id], widths, strict=True)
            line = "  ".join(cell + " " * (width - width_of(cell)) for cell, width in cells)
            yield f"  {line}  {one_line(entry.title, language)}"
        yield ""
    yield say("bank.total", language, count=len(entries)) + " · " + _count(entries, language)


def _row(entry: Summary, language: Language) -> tuple[str, ...]:
    return (
        entry.id,
        say(f"bank.kind_{entry.kind}", language),
        say(f"bank.difficulty_{entry.difficulty}", language),
        say("bank.minutes", language, count=f"{entry.minutes:3}"),
    )


def _count(entries: Sequence[Summary], language: Language) -> str:
    questions = sum(entry.kind == "question" for entry in entries)
    return say("bank.count", language, questions=questions, exercises=len(entries) - questions)
