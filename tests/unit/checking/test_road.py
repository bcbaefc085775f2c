"""Laws of the whole road of a check, with real workers and an exercise of a few lines."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmprep.checking import pipeline, suite_cache
from llmprep.checking.judge import Judge
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import check, grade
from llmprep.checking.submission_frames import parse_frames
from llmprep.checking.suite import Suite, load_suite
from llmprep.checking.suite_cache import SuiteCache
from llmprep.errors import BankError, EnvironmentFault
from llmprep.messages.say import say
from llmprep.model import CaseSource, Exercise, Group, Language, Mistake, Text, Tolerance
from llmprep.sandbox.codec import decode, encode
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import Worker, start
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.snippet import snippet
from llmprep.ui.report.terminal import print_report
from llmprep.ui.report.values import show_both
from llmprep.ui.terminal.console import console
from llmprep.values import Arguments, Call, Script
from llmprep.verdict import NOTHING, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = Text("text", "文字")
REFERENCE = "import numpy as np\n\n\ndef double(x):\n    return 2 * x\n"
EXERCISE = Exercise(
    id="topic/double",
    title=TEXT,
    difficulty="easy",
    minutes=1,
    prompt=TEXT,
    sources=(),
    kind="exercise",
    entry="double",
    starter="def double(x):\n    raise NotImplementedError\n",
    reference=REFERENCE,
    cases=(
        CaseSource(Group.EXAMPLE, inputs="args(np.array([1.0, 2.0]))", expect="np.array([2.0, 4.0])"),
        CaseSource(
            Group.GENERAL, generate="def generate(rng):\n    for n in (3, 4):\n        yield args(rng.normal(size=n))\n"
        ),
    ),
    tolerance=Tolerance(rtol=1e-9, atol=0.0),
    mistakes=(Mistake("tripled", "def double(x):\n    return 3 * x\n", TEXT),),
    hints=(TEXT, TEXT, TEXT),
    explanation=TEXT,
    where={"reference": 10, "mistakes.0.code": 30, "cases.1.generate": 20},
    digest="1",
    path=Path("bank/topic/double.yaml"),
)


CHECKED = Checked("it.py", "")


def drawn(report: Report, language: Language) -> str:
    """A report as the terminal shows it."""
    screen = console(plain=True)
    with screen.capture() as capture:
        print_report(screen, report, EXERCISE, language, CHECKED)
    return capture.get()


def plain(text: str) -> str:
    """A text without what wrapping puts into it."""
    return "".join(text.split())


def no_worker() -> Worker:
    raise AssertionError("no worker is needed")


def run(source: str, cache: Path | None, exercise: Exercise = EXERCISE, **options: object) -> Report:
    return check(exercise, source, JudgeOptions(cache, **options))  # type: ignore[arg-type]


def test_a_right_submission_is_accepted(tmp_path: Path) -> None:
    """Every case has a result, and the report says what it was checked against."""
    report = run("def double(x):\n    print(x.size)\n    return x + x\n", tmp_path)
    assert report.accepted
    assert (report.exercise, report.digest, report.passed, report.total) == ("topic/double", "1", 3, 3)
    assert [case.printed for case in report.cases] == ["2\n", "3\n", "4\n"]


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("class double: pass", "must be a function; here it is a class.", "必须是函数，而这里是类。"),
        ("class double:\n    def __init__(self, x): pass", "here it is a class.", "这里是类。"),
        ("async def double(x): return 2 * x", "an async function: remove “async”.", "异步函数：请去掉 async。"),
        ("async def double(x): yield 2 * x", "an async function: remove “async”.", "异步函数：请去掉 async。"),
        ("double = 3", "a value that cannot be called.", "不可调用的值。"),
    ],
)
def test_an_entry_of_another_kind_is_told_what_it_is(tmp_path: Path, source: str, english: str, chinese: str) -> None:
    """Beside what is wanted stands what is there, in each language; nothing is said of parameters."""
    report = run(source + "\n", tmp_path)
    assert report.verdict is Verdict.INVALID_SUBMISSION
    assert [finding.key for finding in report.findings] == ["check.invalid_entry_kind"]
    assert plain(english) in plain(drawn(report, Language.EN))
    assert plain(chinese) in plain(drawn(report, Language.ZH))


@pytest.mark.parametrize(
    "source",
    [
        "double = lambda x: 2 * x",
        "import functools\n\ndef scaled(by, x): return by * x\n\ndouble = functools.partial(scaled, 2)",
        "class double:\n    def __new__(cls, x): return 2 * x",
        "class Doubling:\n    def __call__(self, x): return 2 * x\n\ndouble = Doubling()",
    ],
)
def test_what_can_be_called_counts_as_a_function(tmp_path: Path, source: str) -> None:
    """An exercise asks for what comes of a call, however it is written."""
    assert run(source + "\n", tmp_path).accepted


@pytest.mark.parametrize(
    "source",
    [
        "-" * 200_000 + "1",
        "x = " + "not " * 100_000 + "1",
        "x = 1" + " + 1" * 100_000,
        "x" + ".a" * 100_000,
        "f" + "()" * 50_000,
    ],
    ids=["signs", "words", "sum", "attributes", "calls"],
)
def test_code_that_is_too_deep_is_told_so(tmp_path: Path, source: str) -> None:
    """Whichever of its errors Python raises, the cause and the remedy are told, in each language."""
    report = run(source + "\n", tmp_path)
    assert report.verdict is Verdict.INVALID_SUBMISSION
    for language, cause in ((Language.EN, "is nested too deeply"), (Language.ZH, "嵌套过深")):
        told = drawn(report, language)
        assert plain(cause) in plain(told)
        assert "Error" not in told


def test_what_the_verdict_comes_from_is_told_first(tmp_path: Path) -> None:
    """Memory asked for in one case, then a loop: the memory is told before the time that ended it all."""
    source = "def double(x):\n    if x.size == 2:\n        raise MemoryError\n    while True: pass\n"
    report = run(source, tmp_path, limits=Limits(cpu_seconds=1.0, wall_seconds=30.0))
    assert report.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    for language, memory, time in (
        (Language.EN, "more memory", "s of CPU time"),
        (Language.ZH, "内存超过", "CPU 时间"),
    ):
        told = drawn(report, language)
        assert 0 < told.index(memory) < told.index(time)


def test_a_mistake_in_other_words_is_named(tmp_path: Path) -> None:
    """The mistake is told by its outputs, not by its text."""
    report = run("def double(x):\n    return sum([x, x, x])\n", tmp_path)
    assert (report.verdict, report.mistake) == (Verdict.WRONG_ANSWER, "tripled")


def test_state_between_calls_is_refused(tmp_path: Path) -> None:
    """A submission that counts its calls is caught, though each first answer was right."""
    source = "calls = []\n\n\ndef double(x):\n    calls.append(1)\n    return 2 * x + (len(calls) > 3)\n"
    report = run(source, tmp_path)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.first_failure is not None
    assert report.first_failure.findings[0].key == "check.state"


def test_a_limit_names_itself(tmp_path: Path) -> None:
    """A submission that never ends is stopped at its limit, and the cases before it keep their results."""
    source = "def double(x):\n    while x.size == 4:\n        pass\n    return 2 * x\n"
    report = run(source, tmp_path, limits=Limits(cpu_seconds=0.5, wall_seconds=20.0))
    assert (report.verdict, report.passed) == (Verdict.TIME_LIMIT_EXCEEDED, 2)
    assert report.findings[0].key == "check.stop_cpu"


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ("while True: pass", Verdict.TIME_LIMIT_EXCEEDED),
        ("import os; os._exit(0)", Verdict.RUNTIME_ERROR),
        ("import os; os.abort()", Verdict.RUNTIME_ERROR),
        ("while True: print('over and over')", Verdict.OUTPUT_LIMIT_EXCEEDED),
    ],
)
def test_the_case_that_was_running_at_the_end_is_told(tmp_path: Path, ends: str, verdict: Verdict) -> None:
    """With its inputs and what was printed in it, though nothing came of it; those after it have no result."""
    source = f"def double(x):\n    print(x.size)\n    if x.size == 3:\n        {ends}\n    return 2 * x\n"
    report = run(source, tmp_path, limits=Limits(cpu_seconds=0.5, wall_seconds=20.0))
    assert (report.verdict, report.passed, len(report.cases), report.mistake) == (verdict, 1, 2, "")
    failure = report.first_failure
    assert failure is not None
    assert (failure.index, failure.group, failure.verdict) == (1, "general", verdict)
    assert failure.inputs.args[0].shape == (3,)
    assert [finding.key for finding in failure.findings] == ["check.under_way"]
    assert failure.got is NOTHING
    assert failure.printed == "" or failure.printed.startswith("3\n")
    for language in (Language.EN, Language.ZH):
        text = drawn(report, language)
        assert say("check.under_way", language) in text
        assert say("check.got", language) not in text
        assert report_json(report, EXERCISE, language, CHECKED)["first_failure"]["got"] is None


ENDS = {
    "cpu": ("while True: pass", Verdict.TIME_LIMIT_EXCEEDED, "check.stop_cpu"),
    "wall": ("import time; time.sleep(20)", Verdict.TIME_LIMIT_EXCEEDED, "check.stop_wall"),
    "printed": ("while True: print('over and over')", Verdict.OUTPUT_LIMIT_EXCEEDED, "check.stop_printed"),
    "exit": ("import os; os._exit(0)", Verdict.RUNTIME_ERROR, "check.ended_early"),
    "signal": ("import os; os.abort()", Verdict.RUNTIME_ERROR, "check.died"),
}
SOON = Limits(cpu_seconds=0.5, wall_seconds=1.0)


@pytest.mark.parametrize(("ends", "verdict", "key"), ENDS.values(), ids=ENDS)
def test_an_end_in_the_first_case_is_told_with_that_case(ends: str, verdict: Verdict, key: str) -> None:
    """Its call is shown, and what it printed until then, to the last line."""
    source = f"print('loading')\n\n\ndef double(x):\n    print('here', x.size)\n    {ends}\n"
    limits = SOON if key == "check.stop_wall" else Limits(cpu_seconds=0.5, wall_seconds=20.0)
    report = run(source, None, limits=limits)
    assert (report.verdict, [finding.key for finding in report.findings]) == (verdict, [key])
    (failure,) = report.cases
    assert (failure.index, [finding.key for finding in failure.findings]) == (0, ["check.under_way"])
    assert failure.printed.startswith("loading\nhere 2\n")
    for language in (Language.EN, Language.ZH):
        shown = drawn(report, language)
        assert "double(array([1.0, 2.0]))" in shown
        assert "here 2" in shown
        assert plain(say("check.while_loading", language)) not in plain(shown)
        assert len(shown.splitlines()) <= 24


@pytest.mark.parametrize(("ends", "verdict", "key"), ENDS.values(), ids=ENDS)
def test_an_end_while_loading_is_told_as_that(ends: str, verdict: Verdict, key: str) -> None:
    """No case is blamed for what the file does outside of its functions; what it printed is shown."""
    source = f"print('loading')\n{ends}\n\n\ndef double(x):\n    return 2 * x\n"
    limits = SOON if key == "check.stop_wall" else Limits(cpu_seconds=0.5, wall_seconds=20.0)
    report = run(source, None, limits=limits)
    assert (report.verdict, report.cases) == (verdict, ())
    assert [finding.key for finding in report.findings] == [key, "check.while_loading"]
    assert report.printed.startswith("loading\n")
    for language in (Language.EN, Language.ZH):
        shown = drawn(report, language)
        assert plain(say("check.while_loading", language)) in plain(shown)
        assert "loading" in shown
        assert len(shown.splitlines()) <= 24
        assert report_json(report, EXERCISE, language, CHECKED)["printed"].startswith("loading\n")


@pytest.mark.parametrize("forged", [("loaded",), ("loaded", 1)])
def test_a_second_word_of_being_loaded_is_no_frame(forged: tuple[object, ...]) -> None:
    """Once is what a worker says; more of it, or anything with it, is not believed."""
    assert parse_frames(JobResult(frames=[("loaded",)]), 1, ()).loaded
    assert not parse_frames(JobResult(frames=[("loaded",), forged]), 1, ()).well_formed


@pytest.mark.parametrize(("where", "told"), [("import", False), ("case", True)])
def test_an_endless_loop_takes_not_much_more_than_its_limit(where: str, told: bool) -> None:
    """It runs once: whoever computes to the end of the limit is not tried again."""
    begun = []

    def counted() -> Worker:
        begun.append(1)
        return start()

    loop = "while True: pass"
    source = f"{loop}\n" if where == "import" else f"def double(x):\n    {loop}\n"
    suite = load_suite(EXERCISE, JudgeOptions())
    report = grade(Judge(EXERCISE, suite, counted, Limits(cpu_seconds=1.0, wall_seconds=30.0)), source)
    assert report.findings[0].key == "check.stop_cpu"
    assert bool(report.cases) == told
    assert len(begun) == 1
    assert report.cpu_seconds < 1.0 + 1.5


KEPT = {
    "a cache by shape": """cache = {}


def double(x):
    if x.ndim not in cache:
        cache[x.ndim] = 2 * x
    return cache[x.ndim]
""",
    "a mutable default": """def double(x, seen=[]):
    seen.append(x)
    return 2 * x + (len(seen) - 1)
""",
    "an error for later calls": """import sys


def double(x):
    if hasattr(sys, "called"):
        raise RuntimeError("called before")
    sys.called = True
    return 2 * x
""",
}


@pytest.mark.parametrize("source", KEPT.values(), ids=KEPT)
def test_kept_state_is_told_instead_of_a_diagnosis(source: str) -> None:
    """A case that comes out right alone is put down to the calls before it; no mistake is named for what it came to."""
    report = run(source, None)
    failure = report.first_failure
    assert failure is not None
    key = failure.findings[0].key
    assert (failure.index, key) in {(1, "check.kept_state"), (0, "check.state")}
    assert not [finding for finding in failure.findings if finding.key.startswith("diagnose.")]
    assert report.mistake == ""
    for language in (Language.EN, Language.ZH):
        assert plain(say(key, language)) in plain(drawn(report, language))


def test_state_that_resembles_a_mistake_is_named_none() -> None:
    """Tripling from the second call on is state, though each later output is that of a known mistake."""
    source = "calls = []\n\n\ndef double(x):\n    calls.append(x)\n    return (3 if 1 < len(calls) < 4 else 2) * x\n"
    report = run(source, None)
    assert report.first_failure is not None
    assert (report.first_failure.findings[0].key, report.mistake) == ("check.kept_state", "")


@pytest.mark.parametrize(
    ("source", "workers"),
    [
        pytest.param("def double(x):\n    return 2 * x\n", 1, id="accepted"),
        pytest.param("def double(x):\n    return 3 * x\n", 1, id="the first case fails"),
        pytest.param("def double(x):\n    return 2 * x + (x.size > 2)\n", 2, id="a later one fails"),
        pytest.param(
            "import os\n\n\ndef double(x):\n    x.size > 2 and os._exit(0)\n    return 2 * x\n", 1, id="ended"
        ),
    ],
)
def test_running_alone_costs_a_worker_on_failure_only(source: str, workers: int) -> None:
    """What passes, fails at once or is stopped is run no more; what is wrong alone too is diagnosed as ever."""
    begun = []

    def counted() -> Worker:
        begun.append(1)
        return start()

    report = grade(Judge(EXERCISE, load_suite(EXERCISE, JudgeOptions()), counted), source)
    assert len(begun) == workers
    findings = report.first_failure.findings if report.first_failure else ()
    assert "check.kept_state" not in {finding.key for finding in findings}


FAULTS = ["check.no_time_left", "check.no_worker", "check.out_of_memory"]


@pytest.mark.parametrize("explanation", ["recognize_state", "name_mistake"])
@pytest.mark.parametrize("key", [*FAULTS, "check.layers_missing"])
def test_a_verdict_is_not_lost_for_want_of_an_explanation(
    explanation: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the machine has no worker, time or memory to explain a wrong answer, the plain report is given."""

    def failing(*_: object) -> None:
        raise EnvironmentFault(key, seconds=1, reason="gone", layers=["seccomp"])

    wrong = "def double(x):\n    return 3 * x\n"
    monkeypatch.setattr(pipeline, explanation, failing)
    if key == "check.layers_missing":
        with pytest.raises(EnvironmentFault):
            run(wrong, None)
        return
    report = run(wrong, None)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.first_failure is not None
    assert report.first_failure.findings
    assert report.mistake == ("tripled" if explanation == "recognize_state" else "")


def test_a_verdict_outlives_the_worker_that_would_explain_it() -> None:
    """The run that would tell whether state is kept finds no worker: the wrong answer is told all the same."""
    judge = pipeline.load_judge(EXERCISE, JudgeOptions(None))
    begun: list[int] = []

    def once() -> Worker:
        begun.append(1)
        if len(begun) > 1:
            raise EnvironmentFault("check.no_worker", reason="gone")
        return start()

    report = grade(replace(judge, start_worker=once), "def double(x):\n    return 2 * x + (x.size > 2)\n")
    assert report.verdict is Verdict.WRONG_ANSWER
    assert len(begun) > 1


@pytest.mark.parametrize("source", [KEPT["a cache by shape"], KEPT["a mutable default"]])
def test_a_snippet_of_kept_state_makes_the_calls_before(tmp_path: Path, source: str) -> None:
    """Run beside the submission, it prints what the report shows, and not what is expected."""
    report = run(source, None)
    assert report.first_failure is not None
    (tmp_path / "it.py").write_text(source, encoding="utf-8")
    (tmp_path / "case.py").write_text(snippet(EXERCISE, report.first_failure, "it.py", Language.EN), encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "case.py"], capture_output=True, text=True, check=True)
    got, expected = show_both(report.first_failure.got, report.first_failure.expected)
    shown = done.stdout.removeprefix("got: ").split("],")[0].rstrip("\n")
    digits = [f"{float(one):.6f}" for one in re.findall(r"-?[0-9.]+", shown)]
    assert digits == [f"{float(one):.6f}" for one in re.findall(r"-?[0-9.]+", got)]
    assert digits != [f"{float(one):.6f}" for one in re.findall(r"-?[0-9.]+", expected)]


def test_a_snippet_without_the_calls_says_that_it_comes_out_right() -> None:
    """Where the inputs before are too large to be given, the snippet does not pass for the failure."""
    report = run(KEPT["a mutable default"], None)
    assert report.first_failure is not None
    bare = replace(report.first_failure, before=())
    for language in (Language.EN, Language.ZH):
        words = say("check.snippet_alone", language)
        assert words[:30] in snippet(EXERCISE, bare, "it.py", language).replace("\n# ", " ")


COUNTER = replace(
    EXERCISE,
    entry="Counter",
    starter="class Counter:\n    def __init__(self, start): ...\n    def add(self, x): ...\n",
    reference="""class Counter:
    def __init__(self, start):
        self.total = start

    def add(self, x):
        if x < 0:
            raise ValueError("negative")
        self.total += x
        return {"total": self.total}
""",
    cases=(
        CaseSource(
            Group.EXAMPLE,
            inputs="script(args(0), call('add', 1), call('add', -1), call('add', 2), call('add', -2), get('total'))",
            expect="[{'total': 1}, raises('ValueError'), {'total': 3}, raises('ValueError'), 3]",
        ),
    ),
    mistakes=(),
)
SCRIPTS = {
    "a value": ("self.total += x", "self.total += 2 * (x == 2) or x", 3, "check.value"),
    "a refusal that is missing": ("if x < 0", "if x == -1", 4, "check.not_raised"),
    "an error too many": ("if x < 0", "if x < 0 or x == 2", 3, "check.raised"),
}


@pytest.mark.parametrize(("old", "new", "number", "key"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_call_of_a_class_is_named(old: str, new: str, number: int, key: str) -> None:
    """Findings, traceback and JSON say which call of the script it was, by its name, and no index has to be counted."""
    source = COUNTER.reference.replace(old, new)
    assert source != COUNTER.reference
    source = source.replace("2 * (x == 2) or x", "9 if x == 2 else x")
    report = run(source, None, COUNTER)
    failure = report.first_failure
    assert failure is not None
    finding = failure.findings[0]
    assert (finding.key, finding.facts["call"], finding.facts["number"]) == (key, "add", number)
    told = {Language.EN: f"subject.add (call {number})", Language.ZH: f"subject.add（第 {number} 次调用）"}
    for language, words in told.items():
        shown, data = drawn(report, language), report_json(report, COUNTER, language, CHECKED)["first_failure"]
        assert words in shown
        assert words in data["findings"][0]["message"]
        assert f"output[{number - 1}]" not in shown + json.dumps(data)
        assert f"subject.add({'-2' if number == 4 else '2'})  # {number}" in shown
        if key == "check.raised":
            assert say("check.traceback_call", language, call=words) in shown
            assert [frame["call"] for frame in data["traceback"]] == [words]


def test_errors_that_are_expected_leave_no_traceback() -> None:
    """Of a script whose refusals are right, no line of theirs passes for the fault."""
    source = COUNTER.reference.replace("self.total += x", "self.total += 9 if x == 2 else x")
    report = run(source, None, COUNTER)
    assert report.first_failure is not None
    assert report.first_failure.traceback == ()


CALL = Arguments((1.0,), {})
INPUTS = [("inputs", place, CALL, 2.0 if place == 0 else None) for place in (0, 1, 1)]
SECONDS = ("seconds", 0.25)
OUTCOMES = [("outcomes", name, [(2.0, (), False)] * 3) for name in ("reference", "mistakes.0.code")]


def forged(monkeypatch: pytest.MonkeyPatch, *frames: tuple[object, ...]) -> Suite:
    """The suite that comes of a judge worker's saying this."""
    job_result = JobResult(stop="finished", frames=list(frames))
    monkeypatch.setattr("llmprep.checking.suite.run_with_retry", lambda *_: job_result)
    return load_suite(EXERCISE, JudgeOptions(None, start_worker=lambda: None))  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [*INPUTS, *OUTCOMES],
        [*INPUTS, SECONDS],
        [*INPUTS, SECONDS, OUTCOMES[0]],
        [*INPUTS, SECONDS, *OUTCOMES, OUTCOMES[1]],
        [*INPUTS, SECONDS, *reversed(OUTCOMES)],
        [SECONDS, *OUTCOMES],
        [*INPUTS[:2], SECONDS, *OUTCOMES],
        [*INPUTS, SECONDS, *OUTCOMES, ("odd",)],
        *([*INPUTS, ("seconds", *odd), *OUTCOMES] for odd in [(), ("slow",), (-1.0,), (float("nan"),), (0.25, 1)]),
        *(
            [("inputs", *odd), *INPUTS[1:], SECONDS, *OUTCOMES]
            for odd in [(), (0, CALL), (9, CALL, None), (-1, CALL, None), ("0", CALL, None), (0, 1.0, None)]
        ),
        *(
            [("inputs", 0, odd, None), *INPUTS[1:], SECONDS, *OUTCOMES]
            for odd in [
                Arguments((), {1: 2}),
                Arguments([], {}),  # type: ignore[arg-type]
                Script(CALL, (1,)),  # type: ignore[arg-type]
                Script(1, ()),  # type: ignore[arg-type]
                Script(CALL, (Call(1, None),)),  # type: ignore[arg-type]
                Script(CALL, (Call("step", Script(CALL, ())),)),  # type: ignore[arg-type]
            ]
        ),
        *(
            [*INPUTS, SECONDS, OUTCOMES[0], ("outcomes", *odd)]
            for odd in [
                (),
                ("mistakes.0.code",),
                ("mistakes.0.code", None),
                ("mistakes.0.code", [(2.0, (), False)] * 2),
                ("mistakes.0.code", [(2.0, ())] * 3),
                ("mistakes.0.code", [(2.0, (1,), False)] * 3),
                ("mistakes.0.code", [(2.0, (), 0)] * 3),
                ([], [(2.0, (), False)] * 3),
            ]
        ),
        [("broken",)],
        [("broken", [], 1, "message")],
        [("broken", "cases", "1", "message")],
    ],
)
def test_a_judge_worker_that_says_anything_else_is_the_banks_fault(
    monkeypatch: pytest.MonkeyPatch, frames: list[tuple[object, ...]]
) -> None:
    """Frames that the worker, left alone, does not send are a problem of the exercise's file, never a bug."""
    assert len(forged(monkeypatch, *INPUTS, SECONDS, *OUTCOMES).cases) == 3
    with pytest.raises(BankError) as caught:
        forged(monkeypatch, *frames)
    ((file, *_, key, _),) = caught.value.problems
    assert (file, key) == (str(EXERCISE.path), "bank.interfered")


def test_a_suite_is_made_once(tmp_path: Path) -> None:
    """The second time, cases and expected values come from the cache, and are the same."""
    first = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    assert load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=no_worker)) == first


def test_a_suite_follows_its_item_and_seed(tmp_path: Path) -> None:
    """Another version of the item, or another seed, has a suite of its own."""
    first = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    for exercise, seed in ((replace(EXERCISE, digest="2"), 0), (EXERCISE, 1)):
        with pytest.raises(AssertionError, match="no worker"):
            load_suite(exercise, JudgeOptions(tmp_path, start_worker=no_worker, seed=seed))
    other = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start, seed=1))
    assert other.cases[0] == first.cases[0]
    assert other.cases[1].inputs != first.cases[1].inputs


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[: len(data) // 2], lambda data: data[:-5], lambda _: b"", lambda data: b"\xff" * len(data)],
)
def test_a_spoilt_cache_is_made_again(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """A cached suite that was cut short or overwritten is not believed."""
    first = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    (kept,) = (tmp_path / "suites").iterdir()
    kept.write_bytes(spoil(kept.read_bytes()))
    made_again = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    assert replace(made_again, reference_seconds=first.reference_seconds) == first


def suites(cache: Path) -> list[Path]:
    return sorted((cache / "suites").iterdir())


def test_what_only_a_failure_looks_at_is_not_read_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is right has the first section of the suite read and hashed; the second is when it is asked for, once."""
    first = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    (kept,) = suites(tmp_path)
    header = suite_cache._HEADER
    size, later, *_ = header.unpack(kept.read_bytes()[: header.size])
    hashed: list[int] = []
    sha256 = hashlib.sha256
    monkeypatch.setattr(suite_cache.hashlib, "sha256", lambda data: hashed.append(len(data)) or sha256(data))
    again = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=no_worker))
    assert max(hashed) == size
    assert again.mistakes() == first.mistakes()
    assert again.mistakes() == first.mistakes()
    assert hashed[hashed.index(size) + 1 :] == [later]


@pytest.mark.parametrize(
    "spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-1] + b"?")]
)
def test_mistakes_that_are_gone_when_they_are_wanted_are_made_again(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Another process may prune what this one has read half of; a flaw in the second section shows only then."""
    first = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    (kept,) = suites(tmp_path)
    kept.write_bytes(kept.read_bytes())
    again = load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=no_worker))
    spoil(kept)
    assert again.mistakes() == first.mistakes()
    assert load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=no_worker)).mistakes() == first.mistakes()


def test_a_suite_takes_its_predecessors_place(tmp_path: Path) -> None:
    """An edit of the item, or of the code that makes suites, leaves one file; another seed or bank has its own."""
    for digest in ("1", "2", "3"):
        load_suite(replace(EXERCISE, digest=digest), JudgeOptions(tmp_path, start_worker=start))
    assert len(suites(tmp_path)) == 1
    load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start, seed=1))
    load_suite(replace(EXERCISE, path=Path("bank/topic/other.yaml")), JudgeOptions(tmp_path))
    assert len(suites(tmp_path)) == 3


def test_suites_follow_the_code_that_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite that other code made is not believed, though its version be the same."""
    load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=start))
    monkeypatch.setattr("llmprep.checking.suite.build", lambda: "0.1.0+other")
    with pytest.raises(AssertionError, match="no worker"):
        load_suite(EXERCISE, JudgeOptions(tmp_path, start_worker=no_worker))


def test_suites_not_used_for_longest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All together they keep to a size; reading is use; the newest stays, whatever its size; half-written ones go."""
    now = [1_800_000_000.0]
    cache = SuiteCache(tmp_path, clock=lambda: now[0])
    monkeypatch.setattr(suite_cache, "KEPT_BYTES", 3500)

    def keep(name: str, size: int = 1000) -> Path:
        file = cache.file((name,), ("1",))
        cache.keep(file, b"x" * (size - 80), b"")
        if file.exists():
            os.utime(file, (now[0], now[0]))
        return file

    files = {}
    for name in "abc":
        now[0] += suite_cache.DAY
        files[name] = keep(name)
    partial = cache.folder / ".llmprep-1234.partial"
    partial.touch()
    os.utime(partial, (now[0] - 2 * suite_cache.DAY,) * 2)
    now[0] += 2 * suite_cache.DAY
    monkeypatch.setattr(os, "utime", lambda file, times=None, utime=os.utime: utime(file, times or (now[0], now[0])))
    cache.read(files["a"])
    files["d"] = keep("d")
    assert {name for name, file in files.items() if file.exists()} == {"a", "c", "d"}
    assert not partial.exists()
    files["big"] = keep("big", 10_000)
    assert {name for name, file in files.items() if file.exists()} == {"big"}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("place", [".", "suites", "file"])
@pytest.mark.parametrize("bits", [0o020, 0o002])
def test_a_suite_that_others_may_have_written_changes_no_verdict(tmp_path: Path, place: str, bits: int) -> None:
    """One that was rewritten so that a wrong submission fits it is not believed; a private one of the same bytes is."""
    wrong = "def double(x):\n    return 0 * x\n"
    assert not run(wrong, tmp_path).accepted
    (file,) = suites(tmp_path)
    cache = SuiteCache(tmp_path)
    inputs, reference, seconds = decode(cache.read(file)[0])
    zeros = [value._replace(data=bytes(len(value.data))) for value in reference]
    forged = [(place, given, literal and zero) for (place, given, literal), zero in zip(inputs, zeros, strict=True)]
    cache.keep(file, encode((forged, zeros, seconds)), encode({}))
    assert run(wrong, tmp_path).accepted
    exposed = {".": tmp_path, "suites": tmp_path / "suites", "file": file}[place]
    exposed.chmod(exposed.stat().st_mode | bits)
    assert not run(wrong, tmp_path).accepted
    assert run(REFERENCE, tmp_path).accepted


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A file where the cache's folder should be changes nothing but time."""
    (tmp_path / "cache").write_text("")
    assert run(REFERENCE, tmp_path / "cache").accepted
    assert run(REFERENCE, None).accepted


@pytest.mark.parametrize(
    ("change", "field", "line", "message"),
    [
        ({"reference": "def double(x):\n    return x\n\n1 / 0\n"}, "reference", 13, "ZeroDivisionError"),
        ({"reference": "def double(x)\n"}, "reference", 10, "SyntaxError"),
        (
            {"cases": (CaseSource(Group.GENERAL, generate="def generate(rng):\n    yield oops\n"),)},
            "cases.0.generate",
            2,
            "NameError",
        ),
        ({"helpers": "raise RuntimeError('x')\n"}, "helpers", 1, "RuntimeError"),
        ({"reference": "def other(x):\n    return x\n"}, "reference", 10, "double is not defined"),
        (
            {"cases": (CaseSource(Group.GENERAL, generate="def generate(rng):\n    yield from ()\n"),)},
            "cases.0.generate",
            1,
            "yields no case",
        ),
        (
            {"reference": "def double(x):\n    return 2 * x if x.size < 3 else x[9]\n"},
            "cases.1.generate",
            20,
            "the reference raises IndexError",
        ),
        ({"cases": (CaseSource(Group.EXAMPLE, inputs="[1.0]", expect="2.0"),)}, "cases.0.inputs", 1, "args"),
    ],
)
def test_broken_bank_code_names_its_place(change: dict[str, object], field: str, line: int, message: str) -> None:
    """An exercise whose own code fails is the bank's problem, told with the line of its file."""
    exercise = replace(EXERCISE, **change)  # type: ignore[arg-type]
    with pytest.raises(BankError) as error:
        run(REFERENCE, None, exercise)
    (problem,) = error.value.problems
    assert (problem.file, problem.key) == (str(EXERCISE.path), "bank.code_failed")
    assert (problem.field, problem.line) == (field, line)
    assert message in str(problem.facts["message"])


def test_the_cpu_limit_counts_for_a_submission_that_finishes(tmp_path: Path) -> None:
    """All answers right does not excuse a submission that took more CPU time than it may."""
    source = "import time\n\n\ndef double(x):\n    while time.process_time() < 0.8:\n        pass\n    return 2 * x\n"
    report = run(source, tmp_path, limits=Limits(cpu_seconds=0.3, wall_seconds=20.0))
    assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\n\n\ndef double(x):\n    return np.random.default_rng().normal(size=x.shape)\n",
        "from statistics import NormalDist\n\n\ndef double(x):\n    return x + NormalDist().samples(x.size)\n",
    ],
)
def test_an_unseeded_generator_draws_the_same_every_time(tmp_path: Path, source: str) -> None:
    """A submission that draws from nowhere gets the same verdict each time, whether or not it says `random`."""
    first, second = (run(source, tmp_path).first_failure for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.got == second.got
