"""Whatever a submission answers, there is a verdict, a diagnosis and a report, in both languages and in time."""

import io
import sys
import time
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from llmprep.bank import Bank
from llmprep.checking.mistakes import name_mistake
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import explain_failure
from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers
from llmprep.checking.suite import load_suite
from llmprep.checking.verdicts import grade_cases, overall
from llmprep.messages.say import json_text
from llmprep.model import Language
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.values import ITEM_SIZES, Array, Raised, Scalar, Unsupported
from llmprep.verdict import Report

EXTREMES = [0.0, -0.0, 1.0, -1.0, 0.5, 5e-324, 1e-300, 1e300, -1e308, 1e308, float("inf"), float("-inf"), float("nan")]
whole = st.integers(-3, 3) | st.sampled_from([2**63, 10**300, -(10**300), 2**999, 2**1024, 10**9_000])
texts = st.sampled_from(["", "x", "\x1b[31m\n\x9b", "\ud800", "🙂" * 100]) | st.text(max_size=5)


@st.composite
def arrays(draw, shape=None):
    """Arrays of extreme numbers, random bytes, or thousands of elements."""
    import numpy as np

    dtype = draw(st.sampled_from(list(ITEM_SIZES)))
    shape = (
        draw(st.lists(st.integers(0, 4), max_size=4).map(tuple) | st.sampled_from([(20_000,), (150, 130), (2,) * 14]))
        if shape is None
        else shape
    )
    size = int(np.prod(shape))
    kind = draw(st.sampled_from(["bytes", "extremes", "one", "range"]))
    if kind == "bytes":
        data = (draw(st.binary(min_size=1, max_size=64)) * (size * 16))[: size * ITEM_SIZES[dtype]]
    else:
        numbers = (
            [draw(st.sampled_from(EXTREMES))]
            if kind == "one"
            else draw(st.lists(st.sampled_from(EXTREMES), min_size=1, max_size=9))
        )
        numbers = range(1, size + 1) if kind == "range" else numbers
        with np.errstate(all="ignore"):
            data = np.resize(np.array(numbers, dtype=float), size).astype(dtype).tobytes()
    return Array(dtype, tuple(shape), data)


numbers = whole | st.sampled_from(EXTREMES) | st.booleans() | st.complex_numbers()
leaves = (
    numbers | texts | st.none() | st.binary(max_size=5) | arrays()
    | st.builds(Scalar, st.just("float32"), st.binary(min_size=4, max_size=4))
    | st.builds(Raised, st.lists(texts, min_size=1, max_size=3).map(tuple), texts)
    | st.builds(Unsupported, texts)
)  # fmt: skip
keys = whole | texts | st.none() | st.floats()
values = leaves | st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(keys, inner, max_size=3)
        | st.lists(numbers, max_size=4).map(tuple)
    ),
    max_leaves=6,
) | st.lists(numbers, min_size=1, max_size=3).map(lambda some: some * 6_000)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _as_the_command_sets_out():
    """The command raises Python's limit on printing integers to what the wire carries."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(10_000)
    yield
    sys.set_int_max_str_digits(before)


@pytest.fixture(scope="module")
def suites(tmp_path_factory):
    """The mini bank's exercises with their cases."""
    bank = Bank.open(Path(__file__).parent / "bank", None)
    cache = tmp_path_factory.mktemp("cache")
    names = ["softmax", "power", "running-mean", "window"]
    exercises = [bank.exercise(f"mini/{name}") for name in names]
    return [(one, load_suite(one, JudgeOptions(cache))) for one in exercises]


def patient(*strategies):
    """Hypothesis's own, without deadlines, which a loaded machine would miss."""
    told = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
    return lambda test: told(hypothesis.given(*strategies)(test))


@patient(st.data())
def test_any_answers_get_a_report(suites, data):
    """No answers, however odd, get past the parent: grading, naming, diagnosing and telling end, and end soon."""
    from rich.console import Console

    exercise, suite = data.draw(st.sampled_from(suites))
    said = []
    for case in suite.cases:
        strategy = values
        if isinstance(case.expected, Array) and data.draw(st.integers(0, 3)):
            strategy = arrays(case.expected.shape)
        elif type(case.expected) is list and data.draw(st.booleans()):
            strategy = st.lists(numbers, min_size=len(case.expected), max_size=len(case.expected))
        value = data.draw(strategy | st.just(case.expected))
        changed = data.draw(st.sampled_from([(), ("#1",), ("x",), ("\x1b[31m", "#z")]))
        frames = data.draw(st.sampled_from([(), ((1, "\x1b\n", ""), (-5, "f", ""))]))
        said.append(CaseAnswer(value, changed, data.draw(st.booleans()), frames, "\x1b[2J", 0.0))
    begun = time.process_time()
    answers = SubmissionAnswers(cases=said, again={0: said[0].value, 1: said[1].value}, complete=True)
    results = explain_failure(exercise, suite, grade_cases(suite, answers, "x = 1\n"))
    mistake = name_mistake(suite, said, results)
    report = Report(exercise.id, "", overall(results, None), tuple(results), len(suite.cases), mistake=mistake)
    for language in Language:
        text = json_text(report_json(report, exercise, language, Checked("it.py")))
        console = Console(file=io.StringIO(), width=100)
        print_report(console, report, exercise, language, Checked("it.py", "llmprep check"))
        drawn = console.file.getvalue()
        assert all(one.isprintable() or one == "\n" for one in text + drawn)
        assert len(text) + len(drawn) < 60_000
        text.encode()
        drawn.encode()
    assert time.process_time() - begun < 8
