"""`llmprep check` of many files and folders at once."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from llmprep.cli.options import text
from llmprep.cli.paths import cache_folder
from llmprep.errors import Exit, UsageError
from llmprep.sandbox.memory import available_bytes, submissions_at_a_time
from llmprep.sandbox.wall import tells_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.bank import Bank
    from llmprep.model import Exercise, Language

WORTH_ANOTHER = 150
"""Files a core from which on a second warm process for it pays: it takes a third of a second to start, and a sixth more
are graded a second (measured on two cores)."""
DESCRIPTORS, DESCRIPTORS_OF_A_JOB = 64, 8
"""What this process has open for itself, and for a submission under way, with some to spare."""


def check_many(
    paths: Sequence[Path],
    name: str | None,
    bank: Bank,
    *,
    jobs: int | None,
    seed: int | None,
    allow_weaker: bool,
    form: str,
    language: Language,
    plain: bool,
) -> int:
    """Grade every file among and beneath `paths`; a line each as they are done, then a table.

    Args:
        paths: files and folders.
        name: the exercise that all of them solve; None if each says so itself.
        bank: where exercises come from.
        jobs: how many at a time; None for as many as the machine does best.
        seed: what the cases are drawn from; None for the fixed cases that everybody knows.
        allow_weaker: whether they may run where a layer of confinement is missing.
        form: "text", "json" or "junit".
        language: of words.
        plain: without colours.

    Returns:
        The exit code: 0 only if all are accepted.
    """
    from llmprep.checking.batch import find_submissions, grade_many
    from llmprep.checking.suite import FIXED_SEED
    from llmprep.messages.say import json_text, say
    from llmprep.sandbox import prestart as headstart
    from llmprep.ui.report.batch import Outcome, as_json, as_junit, print_line, print_table
    from llmprep.ui.terminal.console import console
    from llmprep.ui.terminal.progress import Notice, Progress

    headstart.release()
    entries = find_submissions(paths)
    if not entries:
        raise UsageError("check.no_submissions", paths=list(paths))
    finder = _Finder(bank, name)
    results = grade_many(
        entries,
        finder.exercise,
        lambda exercise: bank.source_path(exercise.id),
        # What is drawn from a secret seed is used once.
        cache=cache_folder(os.environ) if seed is None else None,
        jobs=min(jobs or _best_jobs_here(len(entries)), len(entries)),
        seed=FIXED_SEED if seed is None else seed,
        allow_weaker=allow_weaker,
    )
    screen = console(plain=plain)
    outcomes = []
    progress = Progress("check.progress", sys.stderr, language)
    # Until the first is graded, which may take the making of its exercise's cases.
    beginning = Notice(say("check.progress", language, done=0, total=len(entries)), sys.stderr)
    # Closed whatever happens here, an interrupt too: a generator left alone would leave its workers running.
    with contextlib.closing(results), beginning:
        for graded in results:
            beginning.clear()
            outcome = Outcome(graded, language, whole=form == "json")
            outcomes.append(outcome)
            if form == "text":
                progress.clear()
                print_line(screen, outcome, language)
            progress(len(outcomes), len(entries))
    if form == "json":
        typer.echo(json_text(as_json(outcomes, None if seed == FIXED_SEED else seed)))
    elif form == "junit":
        typer.echo(as_junit(outcomes, language))
    else:
        print_table(screen, outcomes, language)
    if form != "json" and seed is not None and seed != FIXED_SEED:
        typer.echo(text("check.seed_was", seed=seed), err=True)
    sys.stdout.flush()
    return Exit.YES if all(outcome.accepted for outcome in outcomes) else Exit.NO


def best_jobs(files: int, cores: int, descriptors: int, memory: int | None, *, waits_told: bool) -> int:
    """How many submissions to grade at a time: one on each core, and as many to take turns with them, if that pays.

    A core idles where a submission waits for us, or we for the system.

    Args:
        files: how many there are.
        cores: the machine's.
        descriptors: how many files this process may have open.
        memory: bytes that are left for them; None if that is not known.
        waits_told: whether the system tells how long a process waited for a core: where not, that counts as its own
            time, and nobody is to wait for a neighbour.
    """
    jobs = 2 * cores if waits_told and files >= WORTH_ANOTHER * cores else cores
    jobs = min(submissions_at_a_time(memory, jobs), (descriptors - DESCRIPTORS) // DESCRIPTORS_OF_A_JOB)
    return max(1, jobs)


def _best_jobs_here(files: int) -> int:
    descriptors = 1024
    with contextlib.suppress(ImportError):
        import resource

        descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if descriptors == resource.RLIM_INFINITY:
            descriptors = 1 << 20
    memory = available_bytes(Path("/"))
    return best_jobs(files, os.cpu_count() or 1, descriptors, memory, waits_told=tells_waiting())


class _Finder:
    """Finds the exercise that a submission solves, looking through the bank once at most."""

    def __init__(self, bank: Bank, name: str | None) -> None:
        self.bank = bank
        self.known: dict[str, Exercise] = {}
        self.entries: dict[str, str] | None = None
        self.only = bank.exercise(name) if name is not None else None

    def exercise(self, source: str, path: Path) -> Exercise:
        """The exercise of a submission.

        Raises:
            UsageError: none can be told, or it names one that is not there.
        """
        from llmprep.checking.source import guess_exercise, named_exercise

        if self.only is not None:
            return self.only
        name = named_exercise(source)
        if name is None:
            if self.entries is None:
                exercises = [entry.id for entry in self.bank.summaries() if entry.kind == "exercise"]
                self.entries = {each: self.bank.exercise(each).entry for each in exercises}
            name = guess_exercise(source, self.entries, path)
        if name not in self.known:
            self.known[name] = self.bank.exercise(name)
        return self.known[name]
