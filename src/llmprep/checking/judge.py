"""Run the submissions of one exercise: what all runs share, and what one run yields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.submission_frames import SubmissionAnswers, parse_frames
from llmprep.checking.verdicts import fatal_stop
from llmprep.record import Record, record
from llmprep.sandbox.layers import ANY_LAYERS
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import start
from llmprep.sandbox.retry import Allowance, Turn, run_with_retry

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.checking.suite import Case, Suite
    from llmprep.model import Exercise
    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.layers import Required
    from llmprep.sandbox.process import Worker
    from llmprep.verdict import Finding, Verdict

REPEATED_CASES = 2
"""How many of the first cases are called once more at the end, to detect state kept between calls."""
PROPERTY_LIMITS = Limits(cpu_seconds=10, wall_seconds=20, answer_bytes=16 << 20)
"""For the exercise's `check` at work on a submission's outputs, which may be made to keep it busy."""
MOST_RUNS = 10
"""Cap on the wall time of all runs of one submission, in wall-clock limits of one run. Its outputs may be judged by
their properties besides, twice if need be."""


class SubmissionRun(NamedTuple):
    """One run of a submission."""

    job: JobResult
    answers: SubmissionAnswers
    stop: tuple[Verdict, Finding] | None
    """What ended the run before all answers were in, if anything did."""


@record()
class Judge(Record):
    """An exercise with its suite, and the workers that submissions of it run in."""

    exercise: Exercise
    suite: Suite
    start_worker: Callable[[], Worker] = start
    limits: Limits = Limits()
    """What one run of a submission may take."""
    required_layers: Required = ANY_LAYERS
    start_warm_worker: Callable[[], Worker] | None = None
    """Starts forked workers, for measurements that take many; None starts a fork server where one is needed."""
    allowance: Allowance | None = None
    """The wall time left for all runs of one submission; None for work that is not on behalf of one."""

    turn: Turn = Turn.NOW
    """When a run of a submission that others may have spoilt is made again."""

    def for_submission(self) -> Judge:
        """Return a judge with an allowance of its own, for all runs of one submission."""
        seconds = MOST_RUNS * self.limits.wall_seconds + 2 * PROPERTY_LIMITS.wall_seconds
        return replace(self, allowance=Allowance(seconds, self.turn))

    @property
    def repeated(self) -> tuple[int, ...]:
        """The indices of the cases that are called once more at the end of a run."""
        return tuple(case.index for case in self.suite.cases if not case.by_properties)[:REPEATED_CASES]

    def run(self, source: str, only: Case | None = None) -> SubmissionRun:
        """Run a submission over all cases, or over one of them in a process of its own.

        Raises:
            EnvironmentFault: as `run_with_retry`.
        """
        job = {
            **self._submission_job([case.given for case in self.suite.cases]),
            "source": source,
            "again": list(self.repeated),
            "remarks": True,
        }
        if only is None:
            return self._run(job, len(self.suite.cases), self.repeated)
        return self._run({**job, "only": only.index}, 1, ())

    def time(self, source: str, case: Case | None) -> SubmissionRun:
        """Run a submission over one case, and nothing else that would take time; without a case, only load it.

        Raises:
            EnvironmentFault: as `run_with_retry`.
        """
        given = [case.given] if case else []
        return self._run({**self._submission_job(given), "source": source, "again": []}, len(given), ())

    def run_job(self, job: dict[str, Any], limits: Limits) -> JobResult:
        """Run a job, such as one of the exercise's own code.

        Raises:
            EnvironmentFault: as `run_with_retry`.
        """
        return run_with_retry(self.start_worker, job, limits, self.required_layers, self.allowance)

    def _submission_job(self, given: list[bytes]) -> dict[str, Any]:
        exercise = self.exercise
        return {"kind": "submission", "helpers": exercise.helpers, "entry": exercise.entry, "inputs": given}

    def _run(self, job: dict[str, Any], total: int, repeated: tuple[int, ...]) -> SubmissionRun:
        result = self.run_job(job, self.limits)
        answers = parse_frames(result, total, repeated)
        return SubmissionRun(result, answers, fatal_stop(answers, result, self.limits))
