"""A person's results as Markdown: what checking each of their files alone would show. Pure but for the drawing."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from llmprep.messages.say import flat, say
from llmprep.ui.report.batch import percent, status_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from llmprep.checking.batch import Graded
    from llmprep.checking.gradebook import Row
    from llmprep.model import Language
    from llmprep.ui.report.batch import FileOutcome
    from llmprep.ui.report.next_steps import Checked

MARK = "<!-- llmprep feedback -->"
"""How a file of ours begins; nothing else is ever overwritten."""
WIDTH, LONGEST_NAME = 88, 60
_MARKUP = re.compile(r"([\\`*_\[\]<>#|&~$])")
_UNSAFE = re.compile(r"[^\w.\- ]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself."""


def drawn(graded: Graded, language: Language, checked: Checked) -> str:
    """The report on one file as plain text."""
    from rich.console import Console

    from llmprep.ui.report.terminal import print_report

    text = io.StringIO()
    console = Console(
        file=text, width=WIDTH, color_system=None, force_terminal=False, highlight=False, emoji=False, markup=False
    )
    print_report(console, graded.report, graded.exercise, language, checked)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()).strip("\n")


def feedback(
    person: str, rows: Sequence[Row], outcomes: Sequence[FileOutcome], reports: Sequence[str], language: Language
) -> str:
    """A person's page: what counts for each exercise, then the report on each file.

    Nothing of other people's is in it.

    Args:
        person: whose it is.
        rows: the person's rows.
        outcomes: of all files.
        reports: of all files, as `drawn`.
        language: of words.
    """
    lines = [MARK, f"# {_escaped(flat(person))}", ""]
    for row in rows:
        best = outcomes[row.best]
        tick = "✓" if best.accepted else "✗"
        told = f"- {tick} **{row.exercise or '?'}**: {status_words(best.mark, language)}"
        if best.mark.total:
            told += ", " + say("check.cases_passed", language, percent=percent(best.mark))
        if len(row.marks) > 1:
            told += f" ({say('check.best_of', language, count=len(row.marks))})"
        lines.append(told)
    for row in rows:
        for place in row.marks:
            mark = outcomes[place].mark
            if mark.status == "absent":
                continue
            report = reports[place]
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", report)), default=0))
            name = flat(mark.path.replace("\\", "/").rpartition("/")[2])
            lines += ["", f"## {_escaped(name)}", "", f"{fence}text", report, fence]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def file_names(people: Iterable[str]) -> list[str]:
    """A file's name for each person: no two alike, on any system, whatever the people are called."""
    taken: set[str] = set()
    found = []
    for person in people:
        plain = _UNSAFE.sub("_", normalize("NFC", flat(person))).strip(". ")[:LONGEST_NAME].rstrip(". ") or "_"
        if _RESERVED.fullmatch(plain) or plain.startswith("-"):
            plain = f"_{plain}"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        found.append(f"{name}.md")
    return found
