"""A right answer that takes too long is refused, whatever it says of itself, and a quick one never is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from llmprep.checking.efficiency import _exponent, is_clear, measure_efficiency
from llmprep.checking.judge import Judge
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import check
from llmprep.checking.suite import load_suite
from llmprep.errors import BankError
from llmprep.model import CaseSource, Efficiency, Exercise, Group, Language, Mistake, Text, Tolerance
from llmprep.sandbox.job import run_job
from llmprep.sandbox.limits import Limits
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import group_words, print_report
from llmprep.ui.terminal.console import console
from llmprep.verdict import CaseResult, EfficiencyFigure, Report, Verdict

TEXT = Text("text", "文字")
REFERENCE = """
def running(x):
    totals, total = [], 0
    for one in x:
        total += one
        totals.append(total)
    return totals
"""
FROM_THE_START = """
def running(x):
    totals = []
    for end in range(len(x)):
        total = 0
        for one in x[: end + 1]:
            total += one
        totals.append(total)
    return totals
"""
GENERATE = """
def generate(rng):
    for n in (500, 2000):
        yield args(rng.integers(0, 9, n).tolist())
"""
EXERCISE = Exercise(
    id="topic/running",
    title=TEXT,
    difficulty="easy",
    minutes=1,
    prompt=TEXT,
    sources=(),
    kind="exercise",
    entry="running",
    starter="def running(x):\n    raise NotImplementedError\n",
    reference=REFERENCE,
    cases=(
        CaseSource(Group.EXAMPLE, inputs="args([1, 2, 3])", expect="[1, 3, 6]"),
        CaseSource(Group.EFFICIENCY, generate=GENERATE),
    ),
    tolerance=Tolerance(rtol=0.0, atol=0.0),
    mistakes=(
        Mistake("from-the-start-each-time", FROM_THE_START, TEXT),
        Mistake("last-only", "def running(x):\n    return [sum(x)]\n", TEXT),
    ),
    hints=(TEXT, TEXT, TEXT),
    explanation=TEXT,
    digest="1",
)
GROWTH, RATIO = Efficiency(growth=1.5, sizes=(1500, 6000)), Efficiency(ratio=3.0)
"""Growth is a slope: at the smallest size, too, the slow must take much longer than what a busy machine adds."""
AMPLE = Limits(cpu_seconds=60.0, wall_seconds=90.0)
"""On a machine many times slower, too, the slow is stopped by its efficiency and not by a limit."""
QUICK = "from itertools import accumulate\n\n\ndef running(x):\n    return list(accumulate(x))\n"
WATCHER = """
import sys


def alone():
    frame = sys._getframe()
    while frame and "plans" not in frame.f_locals:
        frame = frame.f_back
    return frame is not None and len(frame.f_locals["plans"]) == 1


"""
SLOW = "def running(x):\n    return [sum(one for one in x[: end + 1]) for end in range(len(x))]\n"


def submit(source: str, efficiency: Efficiency = RATIO, limits: Limits = AMPLE) -> Report:
    """Check a submission for running totals that have to be efficient."""
    exercise = replace(EXERCISE, efficiency=efficiency)
    if efficiency.sizes:
        generate = GENERATE.replace("(500, 2000)", repr(GROWTH.sizes))
        cases = EXERCISE.cases[0], CaseSource(Group.EFFICIENCY, generate=generate)
        exercise = replace(exercise, cases=cases)
    return check(exercise, source, JudgeOptions(limits=limits))


@pytest.mark.parametrize("efficiency", [GROWTH, RATIO])
def test_the_slow_is_refused_and_the_quick_is_not(efficiency: Efficiency) -> None:
    """By growth as by ratio; and the report names the mistake that is right in all its answers."""
    quick, slow = submit(QUICK, efficiency), submit(SLOW, efficiency)
    assert quick.accepted
    assert quick.efficiency is not None
    assert quick.efficiency.kept
    assert slow.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert slow.passed == slow.total - 1
    assert slow.first_failure is not None
    assert slow.first_failure.findings[0].key == (
        "check.efficiency_growth" if efficiency == GROWTH else "check.efficiency_ratio"
    )
    assert slow.mistake == "from-the-start-each-time"


def test_running_out_of_time_over_a_large_case_is_slowness() -> None:
    """Right so far, and stopped in a case whose time counts: that is the mistake of whoever is right and slow."""
    slow = SLOW.replace("    return", "    while len(x) == 500:\n        pass\n    return")
    report = submit(slow, limits=Limits())
    assert (report.verdict, report.mistake) == (Verdict.TIME_LIMIT_EXCEEDED, "from-the-start-each-time")
    assert report.first_failure is not None
    assert (report.first_failure.index, report.first_failure.group) == (1, "efficiency")
    wrong = slow.replace("    while", "    if len(x) == 3:\n        return []\n    while")
    assert submit(wrong, limits=Limits()).mistake == ""


def test_what_is_right_in_company_and_wrong_alone_is_refused() -> None:
    """Who finds out that their time is being taken cannot win by a quick wrong answer, nor by an early end."""
    wrong = WATCHER + SLOW.replace("    return", "    if alone():\n        return []\n    return")
    report = submit(wrong)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.efficiency is None
    leaves = (
        WATCHER + "import os\n\n\n" + SLOW.replace("    return", "    if alone():\n        os._exit(0)\n    return")
    )
    assert submit(leaves).verdict is Verdict.RUNTIME_ERROR


def test_time_spent_before_the_call_counts() -> None:
    """Work done while the submission is loaded is the submission's work."""
    report = submit("for _ in range(3_000_000):\n    pass\n\n\n" + QUICK, RATIO)
    assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_growth_takes_one_case_a_size() -> None:
    """A suite whose sizes are not those of its cases is told to its author."""
    with pytest.raises(BankError) as caught:
        submit(QUICK, Efficiency(growth=1.5, sizes=(1500, 3000, 6000)))
    assert caught.value.problems[0].field == "efficiency.sizes"
    assert caught.value.problems[0].facts == {"sizes": 3, "cases": 2}


def test_the_exponent_is_that_of_a_power() -> None:
    """For times that are a power of the size, whatever the constant."""
    sizes = (100, 1000, 5000)
    for power in (0.0, 1.0, 2.5):
        assert _exponent(sizes, [3e-4 * size**power for size in sizes]) == pytest.approx(power)


@pytest.mark.parametrize(
    ("kind", "limit", "figure", "clear"),
    [
        ("ratio", 4.0, 1.9, True),
        ("ratio", 4.0, 2.1, False),
        ("ratio", 4.0, 7.9, False),
        ("ratio", 4.0, 8.0, True),
        ("growth", 1.5, 1.1, True),
        ("growth", 1.5, 1.3, False),
        ("growth", 1.5, 1.9, True),
    ],
)
def test_a_figure_near_its_limit_is_not_clear(kind: str, limit: float, figure: float, clear: bool) -> None:
    """Nothing is decided on by the first look at it."""
    assert is_clear(EfficiencyFigure(kind, figure, limit, 0)) is clear


@pytest.mark.parametrize("alone", ["return []", "raise KeyError(0)", "import os; os._exit(0)"])
def test_what_a_case_comes_to_alone_is_reported(alone: str) -> None:
    """With its inputs, what was expected and what came: a report and its snippet can be made of it, in every form."""
    report = submit(WATCHER + SLOW.replace("    return", f"    if alone():\n        {alone}\n    return"))
    failure = report.first_failure
    assert failure is not None
    assert failure.inputs is not None
    assert failure.got != failure.expected
    checked = Checked("it.py", "command")
    for language in Language:
        print_report(console(plain=True), report, EXERCISE, language, checked)
        told = report_json(report, EXERCISE, language, checked)["first_failure"]
        assert told["got"] != told["expected"]
        assert "running" in told["snippet"]


@pytest.mark.parametrize("ends", ["os._exit(0)", "return []"])
def test_a_reference_that_does_not_come_through_measures_nobody(ends: str) -> None:
    """An early end is no quickness to be held to: the fault is the bank's, and named so."""
    fails = WATCHER + f"import os\n{REFERENCE}".replace(
        "    totals, total", f"    if alone() and len(x) == 500:\n        {ends}\n    totals, total"
    )
    exercise = replace(EXERCISE, reference=fails, efficiency=RATIO)
    with pytest.raises(BankError) as caught:
        check(exercise, QUICK)
    assert caught.value.problems[0].field == "reference"


def test_a_wall_clock_limit_missed_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere: a loaded machine can do that to anybody."""
    missed: list[int] = []

    def loaded(worker: Any, job: dict[str, Any], *others: Any) -> Any:
        job_result = run_job(worker, job, *others)
        if len(job.get("inputs", ())) == 1 and job["source"] == QUICK and not missed:
            missed.append(1)
            job_result.stop, job_result.was_disturbed = "wall", True
        return job_result

    monkeypatch.setattr("llmprep.sandbox.retry.run_job", loaded)
    report = submit(QUICK, RATIO)
    assert missed
    assert report.accepted


@pytest.mark.parametrize("alone", ["return []", "import os; os._exit(0)"])
def test_what_is_wrong_alone_is_not_told_that_it_is_slow(alone: str) -> None:
    """A mistake whose answers are all right is not made by a wrong one."""
    report = submit(WATCHER + SLOW.replace("    return", f"    if alone():\n        {alone}\n    return"))
    assert not report.accepted
    assert report.mistake == ""


@pytest.mark.parametrize(
    ("short", "costs", "verdict", "named"),
    [
        (3, "while True: pass", Verdict.TIME_LIMIT_EXCEEDED, True),
        (3, "raise MemoryError", Verdict.MEMORY_LIMIT_EXCEEDED, True),
        (2, "while True: pass", Verdict.TIME_LIMIT_EXCEEDED, False),
        (3, "raise KeyError", Verdict.RUNTIME_ERROR, False),
    ],
)
def test_what_hits_a_limit_where_the_pace_counts_is_told_why(
    short: int, costs: str, verdict: Verdict, named: bool
) -> None:
    """Right up to the large inputs, and too much there: the mistake is the same as for just missing the limit."""
    source = QUICK.replace("    return", f"    if len(x) > {short}:\n        {costs}\n    return")
    exercise = replace(EXERCISE, efficiency=RATIO)
    report = check(exercise, source, JudgeOptions(limits=Limits(cpu_seconds=1.0)))
    assert report.verdict is verdict
    assert report.mistake == ("from-the-start-each-time" if named else "")


@pytest.mark.parametrize("source", [SLOW, QUICK])
def test_what_is_not_timed_has_not_passed(source: str) -> None:
    """While another case fails, right answers to the large inputs earn nothing, and the report says why."""
    broken = source.replace("    return", "    if len(x) == 3:\n        return []\n    return")
    report = submit(broken, RATIO)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.efficiency is None
    assert (report.passed, report.total, report.score) == (0, 3, 0.0)
    checked = Checked("it.py", "command")
    told = report_json(report, EXERCISE, Language.EN, checked)
    assert told["groups"] == {"example": {"passed": 0, "total": 1}, "efficiency": {"passed": 0, "total": 2}}
    assert (told["passed"], told["score"]) == (0, 0.0)
    assert group_words(report, Language.EN) == ["example 0/1", "efficiency: not measured, because other cases fail"]
    assert group_words(report, Language.ZH) == ["示例 0/1", "效率：因其他用例未通过，未测量"]


def test_what_is_timed_counts() -> None:
    """Where the efficiency was measured, its cases count, whether it is kept or not."""
    assert submit(QUICK, RATIO).score == 1.0
    slow = submit(SLOW, RATIO)
    assert group_words(slow, Language.EN) == ["example 1/1", "efficiency 1/2"]


def test_a_large_case_that_fails_itself_is_counted_as_such() -> None:
    """It is not put down to other cases."""
    broken = QUICK.replace("    return", "    if len(x) == 2000:\n        return []\n    return")
    assert group_words(submit(broken, RATIO), Language.EN) == ["example 1/1", "efficiency 0/2"]


@pytest.mark.parametrize(("late_after", "rounds"), [(1e9, 6), (1, 1), (2, 2)])
def test_measuring_ends_when_it_takes_too_long(late_after: float, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past three times the limit of one run the figure so far counts: whoever sleeps in each run holds up nobody."""
    exercise = replace(EXERCISE, efficiency=Efficiency(ratio=1.5))
    suite = load_suite(exercise, JudgeOptions())
    source = f"# not the reference itself\n{REFERENCE}"
    runs: list[int] = []

    def counted(worker: Any, job: dict[str, Any], *others: Any) -> Any:
        if job["source"] == source:
            runs.append(1)
        return run_job(worker, job, *others)

    monkeypatch.setattr("llmprep.sandbox.retry.run_job", counted)
    monkeypatch.setattr("llmprep.checking.efficiency.is_clear", lambda _: False)
    limits = Limits()
    results = [CaseResult(case.index, case.group, Verdict.ACCEPTED) for case in suite.cases]
    _, efficiency = measure_efficiency(
        Judge(exercise, suite, limits=limits),
        source,
        results,
        # Two runs of the submission a round: each round takes the patience for `late_after` of them.
        clock=lambda: len(runs) / 2 * 3 * limits.wall_seconds / late_after,
    )
    assert len(runs) == 2 * rounds
    assert efficiency is not None
    assert efficiency.figure > 0
