"""The road of a check: cases → the submission's worker → plain answers → compare → diagnose → report."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from llmprep.checking.conversing import Allowance, converse_twice
from llmprep.checking.effort import is_affordable
from llmprep.checking.kept_state import is_state, recognize_state
from llmprep.checking.mistakes import name_mistake
from llmprep.checking.property_checks import PROPERTY_LIMITS, failed_groups, judge_properties
from llmprep.checking.submission_frames import hear, own_lines
from llmprep.checking.suite import FIXED_SEED, load_suite
from llmprep.checking.verdicts import fatal_stop, grade_cases, overall, stopped_loading, under_way
from llmprep.model import Group
from llmprep.sandbox.job import Limits
from llmprep.sandbox.layers import LAYERS, Required
from llmprep.sandbox.process import Nursery, start
from llmprep.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from llmprep.checking.submission_frames import Heard
    from llmprep.checking.suite import Case, Suite
    from llmprep.model import Exercise
    from llmprep.sandbox.job import Transcript
    from llmprep.sandbox.process import Worker
    from llmprep.verdict import CaseResult

REPEATED_CASES = 2
"""How many of the first cases are given once more at the end, to catch state kept between calls."""
MOST_RUNS = 10
"""Times the wall-clock limit of one run that all runs on behalf of a submission may take, beside its being judged by
properties, twice if need be."""


def check(
    exercise: Exercise,
    source: str,
    *,
    bank_file: Path,
    cache: Path | None,
    worker: Callable[[], Worker] = start,
    limits: Limits | None = None,
    seed: int = FIXED_SEED,
    allow_weaker: bool = True,
    announce: Callable[[], None] = lambda: None,
) -> Report:
    """Check one submission.

    Args:
        exercise: what it is a submission for.
        source: the submission's text.
        bank_file: the exercise's YAML file, named if its own code fails.
        cache: where suites are kept; None keeps none.
        worker: starts a worker.
        limits: what the submission may take.
        seed: what the cases' generators draw from.
        allow_weaker: whether it may run where a layer of confinement is missing.
        announce: called before the exercise's cases are made, if they are not cached.

    Raises:
        BankError: the exercise's own code failed.
        EnvironmentFault: no worker can be started, or a layer is missing and that is not allowed.
    """
    # A prestarted worker serves whatever comes first: the judge on a cold cache, else the submission.
    acceptable = guard(allow_weaker=allow_weaker)
    suite = load_suite(exercise, bank_file, cache, seed=seed, worker=worker, acceptable=acceptable, announce=announce)
    return grade(
        exercise,
        suite,
        source,
        bank_file=bank_file,
        worker=worker,
        limits=limits,
        seed=seed,
        allow_weaker=allow_weaker,
    )


def guard(*, allow_weaker: bool) -> Required:
    """The layers that must be in force: all, unless fewer are allowed."""
    return Required(() if allow_weaker else LAYERS)


def grade(
    exercise: Exercise,
    suite: Suite,
    source: str,
    *,
    bank_file: Path,
    worker: Callable[[], Worker],
    warm: Callable[[], Worker] | None = None,
    limits: Limits | None = None,
    seed: int = FIXED_SEED,
    allow_weaker: bool = True,
) -> Report:
    """Grade one submission against a suite that is loaded; the arguments and errors are those of `check`.

    `warm` starts warm workers, if there are any, for what takes many.
    """
    limits = limits or Limits()
    acceptable = guard(allow_weaker=allow_weaker)
    again = tuple(case.index for case in suite.cases if not case.by_properties)[:REPEATED_CASES]

    job = {
        "kind": "submission",
        "source": source,
        "helpers": exercise.helpers,
        "entry": exercise.entry,
        "inputs": [case.given for case in suite.cases],
        "again": list(again),
        "remarks": True,
    }
    allowance = Allowance(MOST_RUNS * limits.wall_seconds + 2 * PROPERTY_LIMITS.wall_seconds)

    def run_alone(case: Case) -> Transcript:
        return converse_twice(worker, {**job, "only": case.index}, limits, acceptable, allowance)

    transcript = converse_twice(worker, job, limits, acceptable, allowance)
    heard = hear(transcript, len(suite.cases), again)
    stop = fatal_stop(heard, transcript, limits)
    results = grade_cases(suite, heard, source)
    results = judge_properties(exercise, suite, heard, results, bank_file, worker, acceptable, allowance)
    if stop is None:
        results = recognize_state(suite, results, run_alone, limits)
    pace = None
    if exercise.efficiency is not None and overall(results, stop) is Verdict.ACCEPTED:
        from llmprep.checking.efficiency import hold_to_pace

        with contextlib.nullcontext(warm) if warm else _own_nursery() as start_warm:
            results, pace = hold_to_pace(
                exercise,
                suite,
                source,
                results,
                bank_file=bank_file,
                worker=start_warm,
                limits=limits,
                acceptable=acceptable,
                allowance=allowance,
            )
    mistake = ""
    failed = overall(results, stop) is not Verdict.ACCEPTED
    if failed and is_affordable(suite, heard.cases, len(exercise.mistakes)):
        results = explain_failure(exercise, suite, results)
        judge = partial(
            failed_groups,
            exercise,
            suite,
            bank_file=bank_file,
            worker=worker,
            acceptable=acceptable,
            allowance=allowance,
        )
        mistake = name_mistake(suite, heard.cases, results, stop[1] if stop else None, judge)
    report = _report(exercise, suite, transcript, heard, results, stop, source, seed, mistake)
    return replace(report, pace=pace, untimed=_untimed(exercise, results) if pace is None else ())


def _untimed(exercise: Exercise, results: list[CaseResult]) -> tuple[int, ...]:
    """The cases whose answers are right but whose pace, which counts too, was not measured to the end."""
    if exercise.efficiency is None:
        return ()
    timed = [result for result in results if result.group == Group.EFFICIENCY]
    return tuple(result.index for result in timed if result.verdict is Verdict.ACCEPTED)


@contextlib.contextmanager
def _own_nursery() -> Iterator[Callable[[], Worker]]:
    """Starts warm workers from a nursery of its own."""
    with contextlib.closing(Nursery()) as nursery:
        yield nursery.worker


def explain_failure(exercise: Exercise, suite: Suite, results: list[CaseResult]) -> list[CaseResult]:
    """Put what the failing cases have in common behind the first one's plain finding."""
    place = next((at for at, result in enumerate(results) if result.verdict is not Verdict.ACCEPTED), None)
    if place is None or is_state(results[place]):
        return results
    from llmprep.checking.diagnosis.diagnose import diagnose

    plain = results[place].findings
    explained = list(results)
    explained[place] = replace(results[place], findings=(*plain[:1], *diagnose(exercise, suite, results), *plain[1:]))
    return explained


def _report(
    exercise: Exercise,
    suite: Suite,
    transcript: Transcript,
    heard: Heard,
    results: list[CaseResult],
    stop: tuple[Verdict, Finding] | None,
    source: str,
    seed: int,
    mistake: str,
) -> Report:
    verdict = overall(results, stop)
    stopped = under_way(suite, heard, stop)
    loading = stopped_loading(heard, stop)
    frames = own_lines(heard.raised[1], source) if heard.raised else ()
    return Report(
        exercise=exercise.id,
        digest=exercise.digest,
        verdict=verdict,
        cases=(*results, *([stopped] if stopped else ())),
        total=len(suite.cases),
        findings=(stop[1], *([Finding("check.while_loading")] if loading else [])) if stop else (),
        traceback=frames,
        printed=heard.printed if stop and not heard.loaded else "",
        mistake=mistake,
        cpu_seconds=max(0.0, transcript.cpu_seconds),
        own_seconds=sum(case.cpu_seconds for case in heard.cases if 0 <= case.cpu_seconds < transcript.cpu_seconds),
        reference_seconds=suite.reference_seconds,
        layers=transcript.layers,
        missing_layers=tuple(layer for layer in LAYERS if layer not in transcript.layers),
        code=heard.code,
        tried=tuple(heard.tried),
        seed=None if seed == FIXED_SEED else seed,
    )
