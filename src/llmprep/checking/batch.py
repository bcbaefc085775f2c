"""Grades many submissions: a warm process for each of a few threads forks a worker for each submission.

They are strangers' work: the caller draws a fresh seed for their cases, and a missing layer of confinement refuses them
unless it is allowed.
"""

from __future__ import annotations

import contextlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.check import grade, guard
from llmprep.checking.submission import UnreadableSubmissionError, read_source
from llmprep.checking.suite import load_suite
from llmprep.errors import BankError, UsageError
from llmprep.sandbox.launch import Nursery
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise


class Entry(NamedTuple):
    """One file to grade."""

    path: Path
    person: str
    """Whose it is: the folder it is in, else the file's name."""


class Graded(NamedTuple):
    """One file, and what came of it. `exercise` is None if it could not be told."""

    entry: Entry
    exercise: Exercise | None
    report: Report


def find_submissions(paths: Sequence[Path]) -> tuple[Entry, ...]:
    """The Python files among and beneath `paths`, in order, each with the person whose it is.

    A folder is searched for `*.py`; hidden files and `__pycache__` are left out. A folder in it that is itself named
    `*.py` is somebody's submission, if no good one.

    Raises:
        UsageError: one of `paths` is not there.
    """
    found: dict[Path, Entry] = {}
    for path in paths:
        if path.is_dir():
            for file in _python_files(path):
                inside = file.relative_to(path).parts
                found.setdefault(file, Entry(file, inside[0] if len(inside) > 1 else file.stem))
        elif path.exists():
            found.setdefault(path, Entry(path, path.stem))
        else:
            raise UsageError("common.no_such_file", path=path)
    return tuple(found.values())


def _python_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.suffix == ".py":
            yield path
        elif path.is_dir() and not path.is_symlink():
            yield from _python_files(path)


def grade_many(
    entries: Sequence[Entry],
    exercise_of: Callable[[str, Path], Exercise],
    bank_file: Callable[[Exercise], Path],
    *,
    cache: Path | None,
    jobs: int,
    seed: int,
    allow_weaker: bool,
) -> Iterator[Graded]:
    """Grade files, some at a time; results come in the order of `entries`.

    Args:
        entries: the files.
        exercise_of: the exercise that a source solves, given its text and path; raises UsageError if it cannot tell.
        bank_file: an exercise's YAML file.
        cache: where suites are kept; None keeps none, as for a secret seed.
        jobs: how many at a time.
        seed: what the cases' generators draw from.
        allow_weaker: whether they may run where a layer of confinement is missing.

    Raises:
        EnvironmentFault: no worker can be started, or a layer is missing and that is not allowed.
    """
    with contextlib.ExitStack() as stack:
        nurseries: SimpleQueue[Nursery] = SimpleQueue()
        # Started here, and not by the threads: a process may die with the thread that started it.
        for _ in range(jobs):
            nursery = Nursery()
            stack.callback(nursery.close)
            nurseries.put(nursery)
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        batch = _Batch(exercise_of, bank_file, cache, seed, allow_weaker, nurseries, {})
        under_way: deque[Future[Graded]] = deque()
        for entry in entries:
            # A few more than can run at once, so that a thousand files are never in memory together.
            if len(under_way) > 4 * jobs:
                yield under_way.popleft().result()
            under_way.append(batch.begin(entry, pool))
        while under_way:
            yield under_way.popleft().result()


class _Batch(NamedTuple):
    """What the files of one run share."""

    exercise_of: Callable[[str, Path], Exercise]
    bank_file: Callable[[Exercise], Path]
    cache: Path | None
    seed: int
    allow_weaker: bool
    nurseries: SimpleQueue[Nursery]
    suites: dict[str, Suite | BankError]

    def begin(self, entry: Entry, pool: ThreadPoolExecutor) -> Future[Graded]:
        """Have a file graded, unless something is the matter with it that needs no worker to see."""
        try:
            source = read_source(entry.path)
            exercise = self.exercise_of(source, entry.path)
        except UnreadableSubmissionError as error:
            return _settled(Graded(entry, None, _invalid(error.finding)))
        except UsageError as error:
            return _settled(Graded(entry, None, _invalid(Finding(error.key, dict(error.facts)))))
        suite = self.suite(exercise)
        if isinstance(suite, BankError):
            return _settled(Graded(entry, exercise, _judge_error(exercise, suite)))
        return pool.submit(self.grade, entry, source, exercise, suite)

    def suite(self, exercise: Exercise) -> Suite | BankError:
        """An exercise's suite, made once a run; or why there is none."""
        if exercise.id not in self.suites:
            with self.warm() as nursery:
                try:
                    self.suites[exercise.id] = load_suite(
                        exercise,
                        self.bank_file(exercise),
                        self.cache,
                        seed=self.seed,
                        worker=nursery.worker,
                        acceptable=guard(allow_weaker=self.allow_weaker),
                    )
                except BankError as error:
                    self.suites[exercise.id] = error
        return self.suites[exercise.id]

    def grade(self, entry: Entry, source: str, exercise: Exercise, suite: Suite) -> Graded:
        """Grade one file, in a thread of the pool."""
        with self.warm() as nursery:
            try:
                report = grade(
                    exercise,
                    suite,
                    source,
                    bank_file=self.bank_file(exercise),
                    worker=nursery.worker,
                    seed=self.seed,
                    allow_weaker=self.allow_weaker,
                )
            except BankError as error:
                report = _judge_error(exercise, error)
        return Graded(entry, exercise, report)

    @contextlib.contextmanager
    def warm(self) -> Iterator[Nursery]:
        """A warm process that nobody else uses meanwhile."""
        nursery = self.nurseries.get()
        try:
            yield nursery
        finally:
            self.nurseries.put(nursery)


def _settled(graded: Graded) -> Future[Graded]:
    future: Future[Graded] = Future()
    future.set_result(graded)
    return future


def _invalid(finding: Finding) -> Report:
    return Report("", "", Verdict.INVALID_SUBMISSION, (), 0, (finding,))


def _judge_error(exercise: Exercise, error: BankError) -> Report:
    """The bank's own code failed: ours, never the candidate's."""
    problem = error.problems[0]
    finding = Finding("check.judge_failed", {"file": problem.file, "line": problem.line, **problem.facts})
    return Report(exercise.id, exercise.digest, Verdict.JUDGE_ERROR, (), 0, (finding,))
