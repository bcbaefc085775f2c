"""Grade many submissions: each of a few threads has a fork server that forks a worker per submission.

The submissions are strangers': the caller draws a fresh seed for their cases and says which layers of confinement are
required. A fault of the machine or the bank that one file meets is reported for that file alone.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.judge import Judge
from llmprep.checking.notebook import in_cells
from llmprep.checking.pipeline import grade
from llmprep.checking.submission import UnreadableSubmissionError
from llmprep.checking.suite import load_suite
from llmprep.errors import BankError, EnvironmentFault, UsageError
from llmprep.sandbox.pool import ForkServerPool
from llmprep.sandbox.retry import PutOffError, Turn
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from llmprep.checking.options import JudgeOptions
    from llmprep.checking.submission import Submission
    from llmprep.checking.submission_file import SubmissionFile
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise


class Graded(NamedTuple):
    """One file with its report. `exercise` is None if it could not be identified."""

    entry: SubmissionFile
    exercise: Exercise | None
    report: Report


def grade_many(
    entries: Iterable[SubmissionFile],
    exercise_of: Callable[[str, Path], Exercise],
    options: JudgeOptions,
    jobs: int,
) -> Generator[Graded]:
    """Grade files, some at a time; results come in the order of `entries`.

    Args:
        entries: the files; each is asked for once those before it are looked at.
        exercise_of: returns the exercise that a source solves, given its text and path; raises UsageError if none is
            certain.
        options: how they are judged; workers are forked, whatever the options say.
        jobs: how many run at a time.

    Raises:
        EnvironmentFault: no fork server can be started at the outset, or a required layer is missing.
    """
    pool = ThreadPoolExecutor(jobs)
    fork_servers = ForkServerPool()
    try:
        fork_servers.start(jobs)
        batch = _Batch(exercise_of, options, fork_servers, {}, {})
        results: deque[Future[Graded]] = deque()
        under_way: deque[Future[None]] = deque()
        for entry in entries:
            # A few more than can run at once, so that a thousand files are never in memory together. Finished reports
            # are yielded before the next file is looked at, whose suite may first have to be made.
            yield from _done(results)
            while under_way and (under_way[0].done() or len(under_way) > 4 * jobs):
                under_way.popleft().result()
                yield from _done(results)
            results.append(batch.begin(entry, pool, under_way))
        while under_way:
            under_way.popleft().result()
            yield from _done(results)
        while results:
            batch.put_off.pop(results[0])(Turn.LAST)
            yield from _done(results)
    finally:
        # In this order: without their workers the threads have nothing left to wait for.
        fork_servers.close()
        pool.shutdown(cancel_futures=True)


class _Batch(NamedTuple):
    """What the files of one run share."""

    exercise_of: Callable[[str, Path], Exercise]
    options: JudgeOptions
    fork_servers: ForkServerPool
    suites: dict[str, Suite | BankError]
    put_off: dict[Future[Graded], Callable[[Turn], None]]
    """What is to be graded again once all others are, which gives these their results."""

    def begin(self, entry: SubmissionFile, pool: ThreadPoolExecutor, under_way: deque[Future[None]]) -> Future[Graded]:
        """Have a file graded in the pool, unless it cannot be graded at all; return its result to be."""
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
        result: Future[Graded] = Future()

        def grade_in(turn: Turn) -> None:
            graded = self.grade(entry, submission, Judge(exercise, suite, turn=turn))
            if graded is None:
                self.put_off[result] = grade_in
            else:
                result.set_result(graded)

        under_way.append(pool.submit(grade_in, Turn.FIRST))
        return result

    def exercise_of_head(self, entry: SubmissionFile, head: str) -> Exercise | None:
        """Return the exercise of a file that cannot be read as a whole, if its beginning names one."""
        try:
            return self.exercise_of(head, entry.path) if head else None
        except (UsageError, BankError):
            return None

    def suite(self, exercise: Exercise) -> Suite:
        """Return an exercise's suite, made once a run.

        Raises:
            BankError: the exercise's own code failed, now or for an earlier file.
            EnvironmentFault: no worker can be started, or a layer is missing and that is not allowed.
        """
        if exercise.id not in self.suites:
            with self.fork_servers.warm() as fork_server:
                try:
                    options = self.options._replace(start_worker=fork_server.start_worker)
                    self.suites[exercise.id] = load_suite(exercise, options)
                except BankError as error:
                    self.suites[exercise.id] = error
        suite = self.suites[exercise.id]
        if isinstance(suite, BankError):
            raise suite
        return suite

    def grade(self, entry: SubmissionFile, submission: Submission, judge: Judge) -> Graded | None:
        """Grade one file; return None if that is to be done once more, in the last turn.

        Args:
            entry: the file.
            submission: what it holds.
            judge: the exercise, its suite and the turn; the rest is filled in here.

        Raises:
            EnvironmentFault: a required layer is missing.
        """
        exercise, options = judge.exercise, self.options
        try:
            with self.fork_servers.warm() as fork_server:
                start_worker = fork_server.start_worker
                judge = replace(
                    judge,
                    start_worker=start_worker,
                    limits=options.limits,
                    required_layers=options.required_layers,
                    start_warm_worker=start_worker,
                )
                try:
                    report = grade(judge, submission.text)
                except PutOffError:  # the fork server is as good as before
                    return None
            if submission.cells:
                report = in_cells(report, submission.cells)
        except (BankError, EnvironmentFault) as error:
            report = _judge_error(exercise, error)
        except Exception as error:  # noqa: BLE001  (a bug of ours that one file brings about must not cost the others)
            facts = {"what": f"{type(error).__name__}: {error}"}
            finding = Finding("check.judge_bug", facts)
            report = Report(exercise.id, exercise.digest, Verdict.JUDGE_ERROR, (), 0, (finding,))
        return Graded(entry, exercise, report)


def _done(results: deque[Future[Graded]]) -> Iterator[Graded]:
    """Take the results that are there, in order, up to the first that is not."""
    while results and results[0].done():
        yield results.popleft().result()


def _settled(graded: Graded) -> Future[Graded]:
    future: Future[Graded] = Future()
    future.set_result(graded)
    return future


def _invalid(finding: Finding, exercise: Exercise | None = None) -> Report:
    name, digest = (exercise.id, exercise.digest) if exercise else ("", "")
    return Report(name, digest, Verdict.INVALID_SUBMISSION, (), 0, (finding,))


def _judge_error(exercise: Exercise | None, error: BankError | EnvironmentFault) -> Report:
    """Return the report on a failure of the bank or the machine, which is never the candidate's.

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
