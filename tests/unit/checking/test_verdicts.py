"""Laws of grading: from what was said to a verdict."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest

from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers
from llmprep.checking.verdicts import fatal_stop, grade_cases, overall
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.limits import Limits
from llmprep.values import Array, Raised
from llmprep.verdict import CaseResult, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.checking.suite import Suite

VALUE_ERROR = Raised(("ValueError", "Exception", "BaseException"), "bad")
MEMORY_ERROR = Raised(("MemoryError", "Exception", "BaseException"), "")


def said(value: Any, changed: tuple[str, ...] = (), *, shares: bool = False) -> CaseAnswer:
    return CaseAnswer(value, changed, shares, (), "", 0.0)


def grade(suite: Suite, *values: Any, again: dict[int, Any] | None = None) -> list[CaseResult]:
    cases = [one if isinstance(one, CaseAnswer) else said(one) for one in values]
    return grade_cases(suite, SubmissionAnswers(cases=cases, again=again or {}), "")


def verdicts(results: list[CaseResult]) -> list[Verdict]:
    return [one.verdict for one in results]


def test_the_expected_is_accepted(make_suite: Callable[..., Suite]) -> None:
    """Every case has a result; inputs and expected values are kept only of a case that failed."""
    results = grade(make_suite(1.0, 2.0), 1.0, 3.0)
    assert verdicts(results) == [Verdict.ACCEPTED, Verdict.WRONG_ANSWER]
    assert (results[0].inputs, results[0].expected) == (None, None)
    assert (results[1].expected, results[1].got) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("expected", "got", "verdict", "key"),
    [
        (1.0, 2.0, Verdict.WRONG_ANSWER, "check.value"),
        (1.0, "1", Verdict.WRONG_ANSWER, "check.kind"),
        (1.0, VALUE_ERROR, Verdict.RUNTIME_ERROR, "check.raised"),
        (VALUE_ERROR, 1.0, Verdict.WRONG_ANSWER, "check.not_raised"),
        (VALUE_ERROR, Raised(("KeyError", "Exception"), ""), Verdict.RUNTIME_ERROR, "check.raised"),
        (1.0, MEMORY_ERROR, Verdict.MEMORY_LIMIT_EXCEEDED, "check.memory"),
        ([1.0, 1.0], [1.0, MEMORY_ERROR], Verdict.MEMORY_LIMIT_EXCEEDED, "check.memory"),
        ([1.0, 1.0], [1.0, VALUE_ERROR], Verdict.RUNTIME_ERROR, "check.raised"),
        (Array("float64", (0,), b""), 1.0, Verdict.WRONG_ANSWER, "check.kind"),
    ],
)
def test_what_is_wrong_has_its_verdict(
    make_suite: Callable[..., Suite], expected: Any, got: Any, verdict: Verdict, key: str
) -> None:
    """A wrong value, an exception and too much memory are different verdicts, each with its finding."""
    (result,) = grade(make_suite(expected), got)
    assert (result.verdict, result.findings[0].key) == (verdict, key)


def test_an_expected_memory_error_is_no_limit(make_suite: Callable[..., Suite]) -> None:
    """What is asked for is accepted, whatever its name."""
    assert verdicts(grade(make_suite(MEMORY_ERROR), MEMORY_ERROR)) == [Verdict.ACCEPTED]


def test_side_effects_are_refused(make_suite: Callable[..., Suite]) -> None:
    """A right value does not excuse a changed input or an output in an input's memory."""
    results = grade(make_suite(1.0, 1.0), said(1.0, ("#1",)), said(1.0, shares=True))
    assert verdicts(results) == [Verdict.WRONG_ANSWER] * 2
    assert [one.findings[0].key for one in results] == ["check.changed_input", "check.shares_memory"]


def test_state_kept_between_calls_is_refused(make_suite: Callable[..., Suite]) -> None:
    """A first case that comes to something else the second time fails; so does one that is then slightly off."""
    suite = make_suite(1.0, 2.0)
    assert verdicts(grade(suite, 1.0, 2.0, again={0: 1.0})) == [Verdict.ACCEPTED] * 2
    results = grade(suite, 1.0, 2.0, again={0: 1.1})
    assert verdicts(results) == [Verdict.WRONG_ANSWER, Verdict.ACCEPTED]
    assert results[0].findings == (Finding("check.state"),)


def test_properties_are_judged_after_form(make_suite: Callable[..., Suite]) -> None:
    """Where `check` judges values, kind and shape still count unless the form is free; an exception never passes."""
    one, other = Array("float64", (2,), bytes(16)), Array("float64", (3,), bytes(24))
    strict, free = make_suite(one, by_properties=True), make_suite(one, by_properties=True, free_form=True)
    different = Array("float64", (2,), b"\1" * 16)
    assert verdicts(grade(strict, different)) == [Verdict.ACCEPTED]
    assert verdicts(grade(strict, other)) == [Verdict.WRONG_ANSWER]
    assert verdicts(grade(free, other)) == [Verdict.ACCEPTED]
    assert verdicts(grade(free, VALUE_ERROR)) == [Verdict.RUNTIME_ERROR]


def stop(answers: SubmissionAnswers | None = None, **job_result: Any) -> Any:
    job_result = {"stop": "finished", **job_result}
    return fatal_stop(answers or SubmissionAnswers(cases=[said(1.0)], complete=True), JobResult(**job_result), Limits())


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        ("cpu", Verdict.TIME_LIMIT_EXCEEDED),
        ("wall", Verdict.TIME_LIMIT_EXCEEDED),
        ("printed", Verdict.OUTPUT_LIMIT_EXCEEDED),
        ("answer", Verdict.OUTPUT_LIMIT_EXCEEDED),
        ("died", Verdict.RUNTIME_ERROR),
    ],
)
def test_a_limit_crossed_is_never_accepted(reason: str, verdict: Verdict) -> None:
    """All answers right does not help a process that went over a limit or died."""
    assert stop(stop=reason)[0] is verdict


def test_finishing_with_every_answer_is_no_stop() -> None:
    """Nothing ended a submission that said all it was asked."""
    assert stop() is None


def test_answers_that_are_missing_are_an_error() -> None:
    """A process that ends well with an answer short, or says anything else, is a runtime error."""
    assert stop(SubmissionAnswers(cases=[said(1.0)], complete=False)) == (
        Verdict.RUNTIME_ERROR,
        Finding("check.ended_early"),
    )
    assert stop(SubmissionAnswers(cases=[said(1.0)], well_formed=False))[0] is Verdict.RUNTIME_ERROR
    assert stop(stop="died", signal=signal.SIGSEGV)[1].facts == {"signal": "SIGSEGV"}


def test_what_kept_it_from_loading_comes_first() -> None:
    """A submission that cannot be loaded is invalid, or raised, whatever ended its process."""
    invalid = Finding("check.invalid_syntax", {})
    assert stop(SubmissionAnswers(invalid=invalid), stop="cpu") == (Verdict.INVALID_SUBMISSION, invalid)
    assert stop(SubmissionAnswers(raised=(VALUE_ERROR, ())), stop="died")[0] is Verdict.RUNTIME_ERROR
    assert stop(SubmissionAnswers(raised=(MEMORY_ERROR, ())), stop="died")[0] is Verdict.MEMORY_LIMIT_EXCEEDED


def test_the_first_failure_is_the_verdict() -> None:
    """The verdict is the first failing case's; a stop counts after the cases before it."""
    good, bad = CaseResult(0, "general", Verdict.ACCEPTED), CaseResult(1, "general", Verdict.WRONG_ANSWER)
    late = (Verdict.TIME_LIMIT_EXCEEDED, Finding("check.stop_cpu"))
    assert overall([good, bad], late) is Verdict.WRONG_ANSWER
    assert overall([good], late) is Verdict.TIME_LIMIT_EXCEEDED
    assert overall([], late) is Verdict.TIME_LIMIT_EXCEEDED
    assert overall([good], None) is Verdict.ACCEPTED
