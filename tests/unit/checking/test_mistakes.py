"""Laws of naming a mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from llmprep.checking.mistakes import name_mistake
from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers
from llmprep.checking.verdicts import grade_cases
from llmprep.values import Raised
from llmprep.verdict import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from llmprep.checking.suite import Suite

MISTAKES = {"doubled": [2.0, 4.0, 0.0], "negated": [-1.0, -2.0, 0.0], "first-only": [1.0, 1.0, 0.0]}


def named(suite: Suite, *values: Any, changed: tuple[str, ...] = (), failed: Collection[str] = ()) -> str:
    said = [CaseAnswer(value, changed, False, (), "", 0.0) for value in values]
    return name_mistake(suite, said, grade_cases(suite, SubmissionAnswers(cases=said), ""), None, lambda _: failed)


RIGHT = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0] * 3
"""What twenty-one cases expect; `wrong(2, 7)` is what a program answers that doubles cases 2 and 7."""


def wrong(*places: int, times: float = 2.0) -> list[float]:
    return [times * value if place in places else value for place, value in enumerate(RIGHT)]


class Row(NamedTuple):
    """A made suite: what the mistakes answer, what the submission answers, and what is named."""

    id: str
    mistakes: dict[str, list[float]]
    answers: list[float]
    name: str = ""


SPEAKS_ON = [
    Row("the same on all cases", {"m": wrong(2, 7)}, wrong(2, 7), "m"),
    Row("a slip in one of five", {"m": wrong(1, 2, 3, 4)}, wrong(1, 2, 3, 4, 9), "m"),
    Row("right in one case where the mistake is not", {"m": wrong(2, 7)}, wrong(2), "m"),
    Row("all cases", {"m": wrong(*range(21))}, wrong(*range(21)), "m"),
    Row(
        "the closer of two in the failing cases", {"m": wrong(2, 7), "n": wrong(*range(2, 7))}, wrong(*range(2, 8)), "n"
    ),
    Row("the closer of two in the passing cases", {"m": wrong(2, 7), "n": wrong(2)}, wrong(2), "n"),
]
SILENT_ON = [
    Row("a rare slip that a gross mistake shares", {"m": wrong(*range(21))}, wrong(2, 7, 11)),
    Row("two more failures than the submission's", {"m": wrong(1, 2, 7)}, wrong(1)),
    Row("one of nineteen that pass", {"m": wrong(1, 2, 3)}, wrong(1, 2)),
    Row("another first failure", {"m": wrong(2, 7, 8, 9, 10)}, wrong(1, 2, 7, 8, 9, 10)),
    Row("three of four failures", {"m": wrong(1, 2, 3)}, wrong(1, 2, 3, 9)),
    Row("other values in the same places", {"m": wrong(2, 7)}, wrong(2, 7, times=3.0)),
    Row("two that fit alike", {"m": wrong(2, 7), "n": wrong(2, 7)}, wrong(2, 7)),
    Row("two that fit alike but for different cases", {"m": wrong(2, 7), "n": wrong(2, 8)}, wrong(2)),
    Row("nothing wrong", {"m": wrong(2)}, wrong()),
]


@pytest.mark.parametrize("row", [*SPEAKS_ON, *SILENT_ON], ids=lambda row: row.id)
def test_a_name_is_given_only_where_it_fits_on_both_sides(make_suite: Callable[..., Suite], row: Row) -> None:
    """It explains the first failure and four of five, and fails one in twenty of what passes at most."""
    assert named(make_suite(*RIGHT, mistakes=row.mistakes), *row.answers) == row.name


def test_the_sample_of_the_rule(make_suite: Callable[..., Suite]) -> None:
    """`<=` for `<`: what agrees with "every draft token stands" in the three cases of a tie is another mistake."""
    expected = [float(place % 3) for place in range(36)]
    stands = [3.0] * 36
    answers = [3.0 if place in (4, 9, 30) else value for place, value in enumerate(expected)]
    assert named(make_suite(*expected, mistakes={"always-accepts": stands}), *answers) == ""


REFUSED = Raised(("ValueError", "Exception"), "")


@pytest.mark.parametrize(
    ("mistake", "answers", "name"),
    [
        # A submission without checks that makes the mistake too: the checks are set aside.
        ([REFUSED, REFUSED, 2.0, 4.0], [7.0, 7.0, 2.0, 4.0], "m"),
        # The other way round: the mistake was kept without checks.
        ([7.0, 7.0, 2.0, 4.0], [REFUSED, REFUSED, 2.0, 4.0], "m"),
        ([7.0, 7.0, 2.0, 4.0], [REFUSED, REFUSED, 3.0, 4.0], ""),
        # Nothing but a check is missing.
        ([7.0, 7.0, 1.0, 2.0], [7.0, 7.0, 1.0, 2.0], "m"),
        ([7.0, REFUSED, 1.0, 2.0], [7.0, 7.0, 1.0, 2.0], ""),
        # One check is missing, and the mistake misses two.
        ([7.0, 7.0, 1.0, 2.0], [7.0, REFUSED, 1.0, 2.0], ""),
    ],
)
def test_refusals(make_suite: Callable[..., Suite], mistake: list[Any], answers: list[Any], name: str) -> None:
    """Inputs that must be refused are set aside where anything else failed, and count where nothing did."""
    assert named(make_suite(REFUSED, REFUSED, 1.0, 2.0, mistakes={"m": mistake}), *answers) == name


class Judged(NamedTuple):
    """A suite of a case that is compared and two of `statistics`: results of each, and what `check` says."""

    mistake: list[float]
    compared: float
    recognized: tuple[str, ...] = ()
    """What `check` names for each of its cases that fails; "" for a failure without a name."""
    failed: tuple[str, ...] = ()
    """The groups in which `check` refuses the mistake."""
    name: str = ""


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(Judged([2.0, 9.0, 9.0], 2.0, name="m"), id="the group passes for both"),
        pytest.param(Judged([2.0, 9.0, 9.0], 2.0, failed=("statistics",)), id="the mistake fails the group"),
        pytest.param(Judged([2.0, 9.0, 9.0], 2.0, failed=("other",), name="m"), id="it fails another"),
        pytest.param(Judged([1.0, 9.0, 9.0], 1.0, recognized=("m",), name="m"), id="check names it"),
        pytest.param(Judged([1.0, 9.0, 9.0], 1.0, recognized=("",)), id="check names none"),
        pytest.param(Judged([1.0, 5.0, 9.0], 1.0, recognized=("",), name="m"), id="none, and the output is the same"),
        pytest.param(Judged([2.0, 9.0, 9.0], 2.0, recognized=("",), name="m"), id="set aside beside a compared one"),
        pytest.param(Judged([2.0, 9.0, 9.0], 2.0, recognized=("n",)), id="check names another"),
        pytest.param(Judged([2.0, 9.0, 9.0], 1.0, recognized=("m",)), id="it fails what the submission passes"),
    ],
)
def test_what_check_judges(make_suite: Callable[..., Suite], row: Judged) -> None:
    """Outputs that need not be equal count by what `check` makes of them."""
    suite = make_suite(1.0, 5.0, 6.0, mistakes={"m": row.mistake, "n": [1.0, 5.5, 6.5]})
    cases = [replace(case, by_properties=case.index > 0, group="statistics") for case in suite.cases]
    suite = replace(suite, cases=(replace(cases[0], group="general"), *cases[1:]))
    said = [CaseAnswer(value, (), False, (), "", 0.0) for value in (row.compared, 5.0, 6.0)]
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    for place, name in enumerate(row.recognized, 1):
        finding = Finding("check.property", {"en": "", "zh": "", "mistake": name})
        results[place] = replace(results[place], verdict=Verdict.WRONG_ANSWER, findings=(finding,))
    assert name_mistake(suite, said, results, None, lambda _: row.failed) == row.name


@pytest.mark.parametrize("key", ["check.state", "check.kept_state"])
def test_state_is_no_known_mistake(make_suite: Callable[..., Suite], key: str) -> None:
    """What earlier calls spoilt tells of none, whatever it came to."""
    suite = make_suite(1.0, 2.0, mistakes={"m": [1.0, 4.0]})
    said = [CaseAnswer(value, (), False, (), "", 0.0) for value in (1.0, 4.0)]
    results = grade_cases(suite, SubmissionAnswers(cases=said), "")
    assert name_mistake(suite, said, results) == "m"
    results[1] = replace(results[1], findings=(Finding(key), *results[1].findings))
    assert name_mistake(suite, said, results) == ""


def test_equal_outputs_name_the_mistake(make_suite: Callable[..., Suite]) -> None:
    """The mistake whose outputs equal the submission's is named, within the tolerance."""
    suite = make_suite(1.0, 2.0, 0.0, mistakes=MISTAKES)
    assert named(suite, 2.0 + 1e-9, 4.0, 0.0) == "doubled"
    assert named(suite, -1.0, -2.0, 0.0) == "negated"


def test_a_right_submission_made_none(make_suite: Callable[..., Suite]) -> None:
    """Nothing is named where nothing failed."""
    assert named(make_suite(1.0, 2.0, 0.0, mistakes=MISTAKES), 1.0, 2.0, 0.0) == ""


def test_another_failure_is_not_named(make_suite: Callable[..., Suite]) -> None:
    """A failing case where the mistake answers something else speaks against it."""
    suite = make_suite(1.0, 2.0, 0.0, mistakes=MISTAKES)
    assert named(suite, 2.0, 5.0, 0.0) == ""
    assert named(suite, 2.0, 4.0, 1.0) == ""


def test_side_effects_are_part_of_a_mistake(make_suite: Callable[..., Suite]) -> None:
    """Changing an input is a mistake of its own: equal outputs do not hide it."""
    suite = make_suite(1.0, mistakes={"doubled": [2.0], "in-place": [(2.0, ("#1",), False)]})
    assert named(suite, 2.0) == "doubled"
    assert named(suite, 2.0, changed=("#1",)) == "in-place"


def test_of_several_the_nearest_is_named(make_suite: Callable[..., Suite]) -> None:
    """Where two mistakes agree on all failing cases, the one that agrees on more of the rest is it."""
    mistakes = {"also-breaks-another": [2.0, 9.0], "breaks-this": [2.0, 2.0]}
    assert named(make_suite(1.0, 2.0, mistakes=mistakes), 2.0, 2.0) == "breaks-this"


def test_exceptions_agree_by_their_kind(make_suite: Callable[..., Suite]) -> None:
    """Two exceptions of one type are the same outcome, whatever they say."""
    raised = Raised(("KeyError", "LookupError", "Exception"), "'a'")
    suite = make_suite(1.0, mistakes={"no-default": [raised]})
    assert named(suite, Raised(raised.names, "'b'")) == "no-default"
    assert named(suite, Raised(("IndexError", "LookupError", "Exception"), "'a'")) == ""


def test_a_missing_check_of_inputs_does_not_hide_it(make_suite: Callable[..., Suite]) -> None:
    """Inputs that should have been refused and were not are set aside, unless nothing else failed."""
    refused = Raised(("ValueError", "Exception"), "")
    suite = make_suite(refused, 1.0, 2.0, mistakes={"doubled": [refused, 2.0, 4.0], "unchecked": [7.0, 1.0, 2.0]})
    assert named(suite, 7.0, 2.0, 4.0) == "doubled"
    assert named(suite, 7.0, 1.0, 2.0) == "unchecked"
    assert named(suite, 8.0, 1.0, 2.0) == ""


def test_a_slip_beside_it_does_not_hide_it(make_suite: Callable[..., Suite]) -> None:
    """Four of five failing cases name it, if the first is among them; fewer do not."""
    suite = make_suite(*[1.0] * 5, mistakes={"doubled": [2.0] * 5})
    assert named(suite, 2.0, 2.0, 2.0, 2.0, 9.0) == "doubled"
    assert named(suite, 9.0, 2.0, 2.0, 2.0, 2.0) == ""
    assert named(suite, 2.0, 2.0, 2.0, 9.0, 9.0) == ""
