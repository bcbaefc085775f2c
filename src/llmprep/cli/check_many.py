"""`llmprep check` of many files and folders at once."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from llmprep.cli.options import text
from llmprep.cli.paths import cache_folder
from llmprep.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from llmprep.bank import Bank
    from llmprep.checking.batch import Graded
    from llmprep.checking.discovery import FoundFiles
    from llmprep.checking.gradebook import Row
    from llmprep.checking.identify import Exercises
    from llmprep.model import Language
    from llmprep.ui.report.batch import FileOutcome

STARTER = ""
"""The person whose work starters are: nobody."""


class BatchRequest(NamedTuple):
    """What was asked about many files."""

    paths: list[Path]
    """Files and folders."""
    exercise: str | None
    """The exercise that all of them solve; None if each says so itself."""
    bank: Bank
    bank_folder: Path | None
    jobs: int | None
    """How many at a time; None for as many as the machine does best."""
    seed: int | None
    """What the cases are drawn from; None for the fixed cases that everybody knows."""
    allow_weaker: bool
    """Whether they may run where a layer of confinement is missing."""
    form: str
    language: Language
    plain: bool
    roster: Path | None
    feedback: Path | None


def check_many(asked: BatchRequest) -> int:
    """Grade every file among and beneath the paths; a line each as they are done, then the class.

    Returns:
        The exit code: 0 only if everything of everybody's is accepted.
    """
    from llmprep.checking.discovery import find_submissions
    from llmprep.checking.gradebook import rows_of, summary_of
    from llmprep.checking.identify import Exercises
    from llmprep.checking.options import FIXED_SEED
    from llmprep.cli.check_feedback import may_write, write_feedback
    from llmprep.sandbox import prestart
    from llmprep.ui.report.batch import skipped_words

    prestart.release()
    found, unlisted = find_submissions(asked.paths), frozenset[str]()
    if asked.roster is not None:
        found, unlisted = _held_against_roster(found, asked.roster)
    if not found.entries:
        raise UsageError("check.no_submissions", paths=list(asked.paths))
    if asked.feedback is not None:
        may_write(asked.feedback, asked.paths)
    exercises = Exercises(asked.bank, asked.exercise)
    graded = _Graded(asked, found)
    graded.collect(_results(asked, found, exercises))
    marks = [outcome.mark for outcome in graded.outcomes]
    rows = rows_of(marks, graded.starters, unlisted)
    if asked.form == "text":
        from llmprep.ui.report.batch import ClassResults, print_foot
        from llmprep.ui.report.class_table import print_table
        from llmprep.ui.terminal.console import console

        screen = console(plain=asked.plain)
        print_table(screen, rows, graded.outcomes, asked.language)
        skipped = skipped_words(graded.skipped, found.others, asked.language)
        results = ClassResults(rows, graded.outcomes, summary_of(rows, marks))
        print_foot(screen, results, skipped, asked.language)
    else:
        typer.echo(_document(asked, graded, rows, found))
    sys.stdout.flush()
    if asked.feedback is not None:
        write_feedback(asked.feedback, rows, graded.outcomes, graded.reports, asked.language)
    if asked.form != "json":
        if asked.form != "text" and (words := skipped_words(graded.skipped, found.others, asked.language)):
            typer.echo(words, err=True)
        if asked.seed is not None and asked.seed != FIXED_SEED:
            typer.echo(text("check.seed_was", seed=asked.seed), err=True)
    return Exit.YES if all(graded.outcomes[row.best].accepted for row in rows) else Exit.NO


def _held_against_roster(found: FoundFiles, path: Path) -> tuple[FoundFiles, frozenset[str]]:
    """What there is to grade with the people of the roster first, and who is not on it.

    Raises:
        UsageError: the roster cannot be read.
    """
    from llmprep.checking.roster import LARGEST, parse_roster, with_roster

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UsageError("common.no_such_file", path=path) from None
    except OSError as error:
        raise UsageError("common.unreadable", path=path, reason=error.strerror) from None
    return with_roster(found, parse_roster(data, path))


def _results(asked: BatchRequest, found: FoundFiles, exercises: Exercises) -> Generator[Graded]:
    """Grade all there is, and last the starters of the exercises that came up."""
    from llmprep.checking.batch import grade_many
    from llmprep.checking.options import FIXED_SEED, JudgeOptions
    from llmprep.checking.submission_file import SubmissionFile
    from llmprep.sandbox.layers import LAYERS, Required
    from llmprep.sandbox.pool import best_jobs_here

    def starters() -> Iterator[SubmissionFile]:
        for exercise in exercises.used:
            yield SubmissionFile(Path(), STARTER, text=f"# llmprep: {exercise.id}\n{exercise.starter}")

    number = len(found.entries)
    return grade_many(
        chain(found.entries, starters()),
        exercises.of_source,
        JudgeOptions(
            # The suite of a secret seed is used once.
            cache=cache_folder(os.environ) if asked.seed is None else None,
            seed=FIXED_SEED if asked.seed is None else asked.seed,
            required_layers=Required(() if asked.allow_weaker else LAYERS),
        ),
        min(asked.jobs or best_jobs_here(number), number),
    )


class _Graded:
    """What was graded so far; a line is shown for each file as it comes."""

    def __init__(self, asked: BatchRequest, found: FoundFiles) -> None:
        self._asked = asked
        self._total = len(found.entries)
        self.outcomes: list[FileOutcome] = []
        self.reports: list[str] = []
        """Each as the single check would show it, if feedback is asked for."""
        self.skipped: Counter[str] = Counter(found.skipped)
        self.starters: set[str] = set()

    def collect(self, results: Generator[Graded]) -> None:
        """Take all results, and show them."""
        from llmprep.checking.gradebook import without_helpers
        from llmprep.messages.say import say
        from llmprep.ui.report.batch import FileOutcome, print_line
        from llmprep.ui.terminal.console import console
        from llmprep.ui.terminal.progress import Notice, Progress

        language, form = self._asked.language, self._asked.form
        screen = console(plain=self._asked.plain)
        progress = Progress("check.progress", sys.stderr, language)
        # Until the first is graded, which may take the making of its exercise's cases.
        beginning = Notice(say("check.progress", language, done=0, total=self._total), sys.stderr)
        # Closed whatever happens here, an interrupt too: a generator left alone would leave its workers running.
        with contextlib.closing(results), beginning:
            for graded in without_helpers(self._people_of(results), self._leave_out):
                beginning.clear()
                outcome = FileOutcome(graded, language, whole=form == "json")
                self.outcomes.append(outcome)
                if self._asked.feedback is not None:
                    self.reports.append(self._drawn(graded))
                if form == "text":
                    progress.clear()
                    print_line(screen, outcome, language)
                progress(len(self.outcomes), self._total)

    def _people_of(self, results: Iterator[Graded]) -> Iterator[Graded]:
        """Set the starters aside."""
        for graded in results:
            if graded.entry.person == STARTER:
                self.starters.add(f"{graded.report.exercise} {graded.report.code}")
            else:
                yield graded

    def _leave_out(self, _: Graded) -> None:
        self.skipped["helpers"] += 1
        self._total -= 1

    def _drawn(self, graded: Graded) -> str:
        from llmprep.cli.check_feedback import report_text

        return report_text(graded, self._asked.exercise, self._asked.bank_folder, self._asked.language)


def _document(asked: BatchRequest, graded: _Graded, rows: tuple[Row, ...], found: FoundFiles) -> str:
    """The rows in the form that was asked for."""
    from llmprep.checking.gradebook import summary_of
    from llmprep.checking.options import FIXED_SEED
    from llmprep.messages.say import json_text
    from llmprep.ui.report.batch import ClassResults
    from llmprep.ui.report.gradebook import as_csv, as_json, as_junit

    if asked.form == "junit":
        return as_junit(rows, graded.outcomes, asked.language)
    if asked.form == "csv":
        return as_csv(rows, graded.outcomes, asked.language)
    summary = summary_of(rows, [outcome.mark for outcome in graded.outcomes])
    seed = None if asked.seed == FIXED_SEED else asked.seed
    left_out = (graded.skipped, found.others)
    return json_text(as_json(ClassResults(rows, graded.outcomes, summary), left_out, seed, asked.language))
