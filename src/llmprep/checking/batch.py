"""Grades many submissions: a warm process for each of a few threads forks a worker for each submission.

They are strangers' work: the caller draws a fresh seed for their cases, and a missing layer of confinement refuses them
unless it is allowed. What goes wrong with one file, be it the machine or the bank, is told of that file alone.
"""

from __future__ import annotations

import contextlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.notebook import in_cells
from llmprep.checking.pipeline import grade, guard
from llmprep.checking.submission import UnreadableSubmissionError
from llmprep.checking.suite import load_suite
from llmprep.errors import BankError, EnvironmentFault, UsageError
from llmprep.sandbox.process import Nursery
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from llmprep.checking.entry import Entry
    from llmprep.checking.submission import Submission
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise


class Graded(NamedTuple):
    """One file, and what came of it. `exercise` is None if it could not be told."""

    entry: Entry
    exercise: Exercise | None
    report: Report


def grade_many(
    entries: Iterable[Entry],
    exercise_of: Callable[[str, Path], Exercise],
    bank_file: Callable[[Exercise], Path],
    *,
    cache: Path | None,
    jobs: int,
    seed: int,
    allow_weaker: bool,
) -> Generator[Graded]:
    """Grade files, some at a time; results come in the order of `entries`.

    Args:
        entries: the files; each is asked for once those before it are looked at.
        exercise_of: the exercise that a source solves, given its text and path; raises UsageError if it cannot tell.
        bank_file: an exercise's YAML file.
        cache: where suites are kept; None keeps none, as for a secret seed.
        jobs: how many at a time.
        seed: what the cases' generators draw from.
        allow_weaker: whether they may run where a layer of confinement is missing.

    Raises:
        EnvironmentFault: no warm process can be started at the outset, or a layer is missing and that is not allowed.
    """
    pool = ThreadPoolExecutor(jobs)
    nurseries = _Nurseries()
    try:
        nurseries.start(jobs)
        batch = _Batch(exercise_of, bank_file, cache, seed, allow_weaker, nurseries, {})
        under_way: deque[Future[Graded]] = deque()
        for entry in entries:
            # A few more than can run at once, so that a thousand files are never in memory together. What is done is
            # told before the next is looked at, whose exercise may first have to be made ready.
            while under_way and (under_way[0].done() or len(under_way) > 4 * jobs):
                yield under_way.popleft().result()
            under_way.append(batch.begin(entry, pool))
        while under_way:
            yield under_way.popleft().result()
    finally:
        # In this order: without their workers the threads have nothing left to wait for.
        nurseries.close()
        pool.shutdown(cancel_futures=True)


class _Nurseries:
    """Warm processes, each used by one thread at a time. One that fails makes room for a new one."""

    def __init__(self) -> None:
        self._free: SimpleQueue[Nursery | None] = SimpleQueue()
        """None stands for one that is yet to be started."""
        self._lock = Lock()
        self._running: set[Nursery] = set()
        self._closed = False

    def start(self, number: int) -> None:
        """Start so many."""
        for _ in range(number):
            self._free.put(self._begin())

    @contextlib.contextmanager
    def warm(self) -> Iterator[Nursery]:
        """A warm process that nobody else uses meanwhile.

        Raises:
            EnvironmentFault: none can be started.
        """
        nursery = self._free.get()
        try:
            nursery = nursery or self._begin()
            yield nursery
        except Exception:
            # It may be gone, or unable to fork, or left in the middle of a job: the next file is to have a better one.
            if nursery is not None:
                self._end(nursery)
            nursery = None
            raise
        finally:
            self._free.put(nursery)

    def close(self) -> None:
        """End them all, and their children, whoever uses them; none is started afterwards."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for nursery in running:
            self._end(nursery)

    def _begin(self) -> Nursery:
        with self._lock:
            if self._closed:
                raise EnvironmentFault("check.no_worker", reason="closed")
            nursery = Nursery()
            self._running.add(nursery)
            return nursery

    def _end(self, nursery: Nursery) -> None:
        nursery.close()
        with self._lock:
            self._running.discard(nursery)


class _Batch(NamedTuple):
    """What the files of one run share."""

    exercise_of: Callable[[str, Path], Exercise]
    bank_file: Callable[[Exercise], Path]
    cache: Path | None
    seed: int
    allow_weaker: bool
    nurseries: _Nurseries
    suites: dict[str, Suite | BankError]

    def begin(self, entry: Entry, pool: ThreadPoolExecutor) -> Future[Graded]:
        """Have a file graded, unless something is the matter with it that needs no worker to see."""
        exercise = None
        try:
            submission = entry.read()
            exercise = self.exercise_of(submission.text, entry.path)
            suite = self.suite(exercise)
        except UnreadableSubmissionError as error:
            exercise = self.exercise_of_head(entry, error.head)
            return _settled(Graded(entry, exercise, _invalid(error.finding, exercise)))
        except UsageError as error:
            return _settled(Graded(entry, None, _invalid(Finding(error.key, dict(error.facts)))))
        except (BankError, EnvironmentFault) as error:
            return _settled(Graded(entry, exercise, _judge_error(exercise, error)))
        return pool.submit(self.grade, entry, submission, exercise, suite)

    def exercise_of_head(self, entry: Entry, head: str) -> Exercise | None:
        """The exercise of a file that cannot be read as a whole, if its beginning tells."""
        try:
            return self.exercise_of(head, entry.path) if head else None
        except (UsageError, BankError):
            return None

    def suite(self, exercise: Exercise) -> Suite:
        """An exercise's suite, made once a run.

        Raises:
            BankError: the exercise's own code failed, now or for an earlier file.
            EnvironmentFault: no worker can be started, or a layer is missing and that is not allowed.
        """
        if exercise.id not in self.suites:
            with self.nurseries.warm() as nursery:
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
        suite = self.suites[exercise.id]
        if isinstance(suite, BankError):
            raise suite
        return suite

    def grade(self, entry: Entry, submission: Submission, exercise: Exercise, suite: Suite) -> Graded:
        """Grade one file, in a thread of the pool."""
        try:
            with self.nurseries.warm() as nursery:
                report = grade(
                    exercise,
                    suite,
                    submission.text,
                    bank_file=self.bank_file(exercise),
                    worker=nursery.worker,
                    warm=nursery.worker,
                    seed=self.seed,
                    allow_weaker=self.allow_weaker,
                )
            if submission.cells:
                report = in_cells(report, submission.cells)
        except (BankError, EnvironmentFault) as error:
            report = _judge_error(exercise, error)
        except Exception as error:  # noqa: BLE001  (a bug of ours that one file brings about must not cost the others)
            facts = {"what": f"{type(error).__name__}: {error}"}
            finding = Finding("check.judge_bug", facts)
            report = Report(exercise.id, exercise.digest, Verdict.JUDGE_ERROR, (), 0, (finding,))
        return Graded(entry, exercise, report)


def _settled(graded: Graded) -> Future[Graded]:
    future: Future[Graded] = Future()
    future.set_result(graded)
    return future


def _invalid(finding: Finding, exercise: Exercise | None = None) -> Report:
    name, digest = (exercise.id, exercise.digest) if exercise else ("", "")
    return Report(name, digest, Verdict.INVALID_SUBMISSION, (), 0, (finding,))


def _judge_error(exercise: Exercise | None, error: BankError | EnvironmentFault) -> Report:
    """The bank or the machine failed: ours, never the candidate's.

    Raises:
        EnvironmentFault: a layer of confinement is missing, which is so for all files: the run is refused.
    """
    if error.key == "check.layers_missing":
        raise error
    finding = Finding(error.key, dict(error.facts))
    if isinstance(error, BankError):
        problem = error.problems[0]
        key = "check.judge_failed" if "message" in problem.facts else "check.judge_invalid"
        finding = Finding(key, {"file": problem.file, "line": problem.line, **problem.facts})
    name, digest = (exercise.id, exercise.digest) if exercise else ("", "")
    return Report(name, digest, Verdict.JUDGE_ERROR, (), 0, (finding,))
