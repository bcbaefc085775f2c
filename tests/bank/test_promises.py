"""What every item of the bank promises; of exercises, the drawn ones, by the road that a candidate's file takes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kept import right_programs, wrong_programs
from llmprep.bank import validate
from llmprep.checking.options import JudgeOptions
from llmprep.checking.suite import groups_with_check, load_suite
from llmprep.compare import compare
from llmprep.model import Question
from llmprep.proving.proof import mistake_of
from llmprep.study.marking import missed
from llmprep.verdict import Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmprep.bank import Bank
    from llmprep.model import Exercise
    from llmprep.sandbox.fork_server import ForkServer

FRESH_SEED = 1_000_003


def told(report: Report) -> str:
    """What a report finds, for the message of a test that fails."""
    failure = report.first_failure
    place = f"case {failure.index} ({failure.group}): {failure.findings}" if failure else "no failing case"
    return (
        f"{report.verdict.value} {report.passed}/{report.total}, named {report.mistake!r}; {report.findings}; {place}"
    )


def test_the_bank_is_valid(bank: Bank) -> None:
    """The author's lint has nothing to say of any item."""
    assert validate(bank.root) == []


def test_the_reference_is_accepted(exercise: Exercise, graded: Callable[..., Report]) -> None:
    """The reference passes every case of its own suite."""
    report = graded(exercise, exercise.reference)
    assert report.accepted, told(report)
    assert report.passed == report.total > 0


def test_the_reference_is_accepted_with_fresh_cases(exercise: Exercise, graded: Callable[..., Report]) -> None:
    """The reference passes whatever seed the cases come from."""
    report = graded(exercise, exercise.reference, seed=FRESH_SEED)
    assert report.accepted, told(report)


def test_the_starter_is_refused(exercise: Exercise, graded: Callable[..., Report]) -> None:
    """What a candidate begins with loads, and fails."""
    report = graded(exercise, exercise.starter)
    assert report.verdict in {Verdict.RUNTIME_ERROR, Verdict.WRONG_ANSWER}, told(report)
    assert report.mistake == "", told(report)


def test_a_mistake_is_refused_and_named(exercise: Exercise, mistake_id: str, graded: Callable[..., Report]) -> None:
    """Each known mistake fails, runs to the end, and is told which mistake it is."""
    code = next(mistake.code for mistake in exercise.mistakes if mistake.id == mistake_id)
    report = graded(exercise, code)
    refused = {Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR}
    # What answers all rightly can only be refused for its efficiency, where the exercise asks for one.
    slow = report.efficiency is not None and not report.efficiency.kept
    assert report.verdict in (refused | {Verdict.TIME_LIMIT_EXCEEDED} if slow else refused), told(report)
    assert len(report.cases) == report.total, told(report)
    assert report.mistake == mistake_id, told(report)


def test_literal_cases_agree_with_the_reference(exercise: Exercise, suites: Path, fork_server: ForkServer) -> None:
    """Cases worked by hand, of which there is one at least, come to what the reference answers."""
    suite = load_suite(exercise, JudgeOptions(suites, start_worker=fork_server.start_worker))
    literal = [case for case in suite.cases if not exercise.cases[case.place].generate]
    assert literal
    for case in literal:
        assert compare(suite.reference[case.index], case.expected, case.tolerance) == [], case


def test_a_judged_group_has_cases(exercise: Exercise) -> None:
    """`check` names groups that have generated cases, or it would judge nothing."""
    generated = {case.group.value for case in exercise.cases if case.generate}
    assert groups_with_check(exercise) <= generated


def test_a_prompt_shows_an_example(exercise: Exercise) -> None:
    """Every exercise has an example worked by hand."""
    assert any(case.group.value == "example" and not case.generate for case in exercise.cases)


def test_survivors_are_named_once(exercise: Exercise) -> None:
    """No equivalent mutant is listed twice."""
    assert not [name for name, times in Counter(one.mutant for one in exercise.survivors).items() if times > 1]


def test_answers_make_their_own_key_points(bank: Bank) -> None:
    """Every key point has phrases in each language, and the model answer holds one of them."""
    assert [question.id for question in questions(bank) if missed(question)] == []


def test_options_are_distinct(bank: Bank) -> None:
    """No choice offers the same text twice, in either language."""
    for question in questions(bank):
        for choice in question.choices:
            for texts in ([option.text.en for option in choice.options], [option.text.zh for option in choice.options]):
                assert len(set(texts)) == len(texts), (question.id, texts)


def questions(bank: Bank) -> list[Question]:
    items = (bank.item(entry.id) for entry in bank.summaries())
    return [item for item in items if isinstance(item, Question)]


def test_a_wrong_submission_is_refused_and_told_of_no_other_mistake(
    exercise: Exercise, wrong: str, graded: Callable[..., Report]
) -> None:
    """What makes a mistake in code of its own is refused, and told that mistake or none; what makes none, none."""
    source = wrong_programs(exercise)[wrong]
    report = graded(exercise, source)
    assert not report.accepted, told(report)
    made = mistake_of(wrong, source)
    assert made in {"", *(mistake.id for mistake in exercise.mistakes)}
    assert report.mistake in ("", made), told(report)


def test_a_right_submission_is_accepted(exercise: Exercise, right: str, graded: Callable[..., Report]) -> None:
    """Loops, einsum, other orders of summation: what is right passes."""
    report = graded(exercise, right_programs(exercise)[right])
    assert report.accepted, told(report)
