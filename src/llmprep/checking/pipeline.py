"""Check a submission: cases → the submission's worker → plain answers → compare → diagnose → report."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from llmprep.checking.effort import is_affordable
from llmprep.checking.judge import Judge
from llmprep.checking.kept_state import is_state, recognize_state
from llmprep.checking.mistakes import name_mistake
from llmprep.checking.options import FIXED_SEED, JudgeOptions
from llmprep.checking.property_checks import failed_groups, judge_properties
from llmprep.checking.submission_frames import own_lines
from llmprep.checking.suite import load_suite
from llmprep.checking.verdicts import grade_cases, overall, running_case, stopped_loading
from llmprep.errors import EnvironmentFault
from llmprep.model import Group
from llmprep.sandbox.layers import LAYERS
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.checking.judge import SubmissionRun
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise
    from llmprep.sandbox.process import Worker
    from llmprep.verdict import CaseResult, EfficiencyFigure

T = TypeVar("T")


def check(exercise: Exercise, source: str, options: JudgeOptions = JudgeOptions()) -> Report:  # noqa: B008  (frozen)
    """Check one submission.

    Args:
        exercise: the exercise that it solves.
        source: the submission's text.
        options: how it is run. A prestarted worker serves whatever comes first: the judge on a cold cache, else the
            submission.

    Raises:
        BankError: the exercise's own code failed.
        EnvironmentFault: no worker can be started, or a required layer is missing.
    """
    return grade(load_judge(exercise, options), source)


def load_judge(exercise: Exercise, options: JudgeOptions) -> Judge:
    """Load an exercise's suite and return its judge; raises as `check` does."""
    suite = load_suite(exercise, options)
    return Judge(exercise, suite, options.start_worker, options.limits, options.required_layers)


def grade(judge: Judge, source: str) -> Report:
    """Grade one submission; raises as `check` does."""
    judge = judge.for_submission()
    run = judge.run(source)
    results = judge_properties(judge, run.answers.cases, grade_cases(judge.suite, run.answers, source))
    if run.stop is None:
        results = _unless_the_machine_fails(partial(recognize_state, judge, source, results), results)
    efficiency = None
    is_limited = judge.exercise.efficiency is not None
    if is_limited and overall(results, run.stop) is Verdict.ACCEPTED:
        from llmprep.checking.efficiency import measure_efficiency

        with _warm_workers(judge) as start_worker:
            results, efficiency = measure_efficiency(replace(judge, start_worker=start_worker), source, results)
    verdict = overall(results, run.stop)
    mistake = ""
    if verdict is not Verdict.ACCEPTED and is_affordable(judge.suite, run.answers.cases, len(judge.exercise.mistakes)):
        results = explain_failure(judge.exercise, judge.suite, results)
        stop = run.stop[1] if run.stop else None
        name = partial(name_mistake, judge.suite, run.answers.cases, results, stop, partial(failed_groups, judge))
        mistake = _unless_the_machine_fails(name, "")
    untimed = _right_and_untimed(results) if is_limited and efficiency is None else ()
    return _report(judge, source, run, _Judged(verdict, results, efficiency, untimed, mistake))


def _unless_the_machine_fails(explain: Callable[[], T], plain: T) -> T:
    """Return what an explanation comes to, which may take workers; `plain` where the machine or the time falls short.

    The verdict is known by then, and must not be lost for want of an explanation.
    """
    try:
        return explain()
    except EnvironmentFault as error:
        if error.key == "check.layers_missing":
            raise
        return plain


class _Judged(NamedTuple):
    """What the answers of one submission amount to."""

    verdict: Verdict
    results: list[CaseResult]
    efficiency: EfficiencyFigure | None
    untimed: tuple[int, ...]
    mistake: str


def _right_and_untimed(results: list[CaseResult]) -> tuple[int, ...]:
    """Return the indices of cases with right answers whose efficiency was not measured to the end."""
    timed = [result for result in results if result.group == Group.EFFICIENCY]
    return tuple(result.index for result in timed if result.verdict is Verdict.ACCEPTED)


@contextlib.contextmanager
def _warm_workers(judge: Judge) -> Iterator[Callable[[], Worker]]:
    """Yield what starts forked workers, of a fork server started for this if there is none."""
    if judge.start_warm_worker is not None:
        yield judge.start_warm_worker
        return
    from llmprep.sandbox.fork_server import ForkServer

    with contextlib.closing(ForkServer()) as fork_server:
        yield fork_server.start_worker


def explain_failure(exercise: Exercise, suite: Suite, results: list[CaseResult]) -> list[CaseResult]:
    """Add to the first failure's plain finding what the failing cases have in common."""
    place = next((at for at, result in enumerate(results) if result.verdict is not Verdict.ACCEPTED), None)
    if place is None or is_state(results[place]):
        return results
    from llmprep.checking.diagnosis.diagnose import diagnose

    plain = results[place].findings
    explained = list(results)
    explained[place] = replace(results[place], findings=(*plain[:1], *diagnose(exercise, suite, results), *plain[1:]))
    return explained


def _report(judge: Judge, source: str, run: SubmissionRun, judged: _Judged) -> Report:
    """Build the report, once and complete."""
    exercise, suite, answers, stop = judge.exercise, judge.suite, run.answers, run.stop
    running = running_case(suite, answers, stop)
    loading = stopped_loading(answers, stop)
    cpu_seconds = run.job.cpu_seconds
    return Report(
        exercise=exercise.id,
        digest=exercise.digest,
        verdict=judged.verdict,
        cases=(*judged.results, *([running] if running else ())),
        total=len(suite.cases),
        findings=(stop[1], *([Finding("check.while_loading")] if loading else [])) if stop else (),
        traceback=own_lines(answers.raised[1], source) if answers.raised else (),
        printed=answers.printed if stop and not answers.loaded else "",
        mistake=judged.mistake,
        cpu_seconds=max(0.0, cpu_seconds),
        own_seconds=sum(case.cpu_seconds for case in answers.cases if 0 <= case.cpu_seconds < cpu_seconds),
        reference_seconds=suite.reference_seconds,
        efficiency=judged.efficiency,
        untimed=judged.untimed,
        layers=run.job.layers,
        missing_layers=tuple(layer for layer in LAYERS if layer not in run.job.layers),
        code=answers.code,
        tried=tuple(answers.tried),
        seed=None if suite.seed == FIXED_SEED else suite.seed,
    )
