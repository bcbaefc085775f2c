"""Reports on many submissions as text: a line each, and the results of the class as a whole.

The table is `class_table`; JSON, JUnit and CSV are `gradebook`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.gradebook import Mark, mark_of
from llmprep.messages.say import escape, flat, say
from llmprep.model import Language
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.findings import kinds_words, tried_words, words
from llmprep.ui.report.next_steps import Checked
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from llmprep.checking.batch import Graded
    from llmprep.checking.gradebook import ClassSummary, Row
    from llmprep.model import Exercise


LONGEST_SNIPPET = 20_000
"""Bytes of a snippet beyond which a batch does without."""
MOST_MISTAKES, MOST_OTHERS = 5, 5
_SENTENCE = re.compile(r"(?<=[.!?])\s|(?<=[。！？])")


class FileOutcome:
    """What is kept of one file once it is graded: small, however large its outputs were."""

    __slots__ = ("cpu_seconds", "data", "hint", "mark", "reason", "verdict")

    def __init__(self, graded: Graded, language: Language, *, whole: bool = False) -> None:
        """Keep what lists, tables and documents show; the whole report as data only if it is asked for."""
        report = graded.report
        self.mark: Mark = mark_of(graded)
        self.verdict = report.verdict
        self.cpu_seconds = report.cpu_seconds
        self.data: dict[str, Any] = {}
        if whole:
            checked = Checked(graded.entry.path.name)
            told = report_json(report, graded.exercise, language, checked, longest=LONGEST_SNIPPET)
            self.data = {"file": self.mark.path, "person": self.mark.person, **told}
        findings = report.reasons
        self.hint = hint_of(graded.exercise, report.mistake, language) if report.mistake else ""
        """The first sentence about the known mistake that it makes."""
        self.reason = escape(words(findings[0], graded.exercise, language)) if findings else ""
        """The first thing wrong; for a known mistake, that it is one."""
        if self.hint:
            self.reason = say("check.known_mistake", language, hint=self.hint)

    @property
    def accepted(self) -> bool:
        """Whether it was accepted."""
        return self.verdict is Verdict.ACCEPTED


def hint_of(exercise: Exercise | None, mistake: str, language: Language) -> str:
    """The first sentence about a known mistake, on one line."""
    from llmprep.content.fields import prose
    from llmprep.content.markup import tokens_of
    from llmprep.ui.terminal.markdown import Capabilities, paragraph

    hint = next((one.hint for one in exercise.mistakes if one.id == mistake), None) if exercise else None
    if hint is None:
        return ""
    begins = [tuple(tokens_of(blocks[0])) if blocks else () for blocks in prose(hint, language)]
    texts = [paragraph(tokens, Capabilities(attributes=False, colour=True)).plain for tokens in begins]
    return " / ".join(_SENTENCE.split(text.strip(), maxsplit=1)[0] for text in texts)


def percent(mark: Mark) -> int:
    """The share of cases passed; 100 is for all of them, and not for nearly all."""
    return 100 if mark.accepted else min(99, round(100 * mark.score))


def status_words(mark: Mark, language: Language) -> str:
    """What came of a file in two words."""
    return say(f"check.{mark.status}", language)


def print_line(console: Console, outcome: FileOutcome, language: Language) -> None:
    """One file on one line, and why it was not accepted."""
    from rich.text import Text

    mark, style = ("✓", "green") if outcome.accepted else ("✗", "red")
    line = Text(f"{mark} ", style).append(status_words(outcome.mark, language), style)
    parts = ["", flat(outcome.mark.path), *filter(None, [outcome.mark.exercise])]
    if outcome.mark.total:
        parts.append(say("check.cases_passed", language, percent=percent(outcome.mark)))
    line.append("  ".join(parts))
    console.print(line, soft_wrap=True)
    if outcome.reason:
        console.print(Text(f"    {outcome.reason}", "dim"), soft_wrap=True)


def notes_of(row: Row, outcome: FileOutcome, language: Language) -> list[str]:
    """What is to be said of a person's row beside the mark."""
    ungraded = not row.exercise or outcome.verdict is Verdict.INVALID_SUBMISSION
    notes = [outcome.reason] if ungraded else []
    if row.is_starter:
        notes.append(say("check.is_starter", language))
    elif row.same_as:
        more = row.same_count - len(row.same_as)
        people = [flat(one) for one in row.same_as]
        notes.append(say("check.same_as_many" if more else "check.same_as", language, people=people, count=more))
    if row.tried:
        notes.append(tried_words(row.tried, language))
    if row.unlisted:
        notes.append(say("check.not_on_roster", language))
    return notes


class ClassResults(NamedTuple):
    """The results of many submissions."""

    rows: Sequence[Row]
    outcomes: Sequence[FileOutcome]
    summary: ClassSummary


def print_foot(console: Console, results: ClassResults, skipped: str, language: Language) -> None:
    """Draw the class's results: counts, rates, the commonest mistakes, what the sandbox refused, the rules."""
    from rich.text import Text

    rows, outcomes, summary = results

    def tell(key: str, indent: int = 0, **facts: object) -> None:
        console.print(Text(" " * indent + say(f"check.{key}", language, **facts)), soft_wrap=True)

    console.print()
    people, everybody = summary.people
    hints = {(one.mark.exercise, one.mark.mistake): one.hint for one in outcomes}
    if everybody > 1:
        for exercise, (accepted, total) in summary.exercises.items():
            tell("exercise_rate", exercise=exercise, accepted=accepted, total=total)
    if summary.mistakes and everybody > 1:
        tell("common_mistakes")
        for exercise, mistake, number in summary.mistakes[:MOST_MISTAKES]:
            tell("common_mistake", 2, number=number, exercise=exercise, hint=hints.get((exercise, mistake)) or mistake)
    attempts = [one for one in outcomes if one.mark.tried]
    if attempts:
        tell("attempts")
        for one in attempts:
            line = f"  {'✓' if one.accepted else '✗'} {flat(one.mark.path)}  {tried_words(one.mark.tried, language)}"
            console.print(Text(line), soft_wrap=True)
    if any(len(row.marks) > 1 for row in rows if row.exercise):
        tell("rule_best")
    if any(row.exercise and not outcomes[row.best].accepted for row in rows):
        tell("rule_percent")
    if skipped:
        console.print(Text(skipped), soft_wrap=True)
    if summary.handed_in != everybody or summary.accepted != people:
        tell("exercises_summary", accepted=summary.accepted, total=summary.handed_in)
    tell("many_summary", accepted=people, total=everybody)


def skipped_words(skipped: Counter[str] | Mapping[str, int], others: Sequence[Path], language: Language) -> str:
    """What was left out, in one line; nothing where nothing was."""
    each = (Language.EN, Language.ZH) if language is Language.BOTH else (language,)
    told = []
    for one in each:
        parts = kinds_words(skipped, one)
        if others:
            names = [flat(path.name) for path in others[:MOST_OTHERS]] + ["…"] * (len(others) > MOST_OTHERS)
            parts.append(say("check.skipped_others", one, count=len(others), names=names))
        if parts:
            told.append(say("check.skipped", one, parts=parts))
    return " / ".join(told)
