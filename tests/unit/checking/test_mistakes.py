"""Laws of naming a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.checking.mistakes import name_mistake
from llmprep.checking.submission_frames import Heard, HeardCase
from llmprep.checking.verdicts import grade_cases
from llmprep.values import Raised

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.checking.suite import Suite

MISTAKES = {"doubled": [2.0, 4.0, 0.0], "negated": [-1.0, -2.0, 0.0], "first-only": [1.0, 1.0, 0.0]}


def named(suite: Suite, *values: Any, changed: tuple[str, ...] = ()) -> str:
    said = [HeardCase(value, changed, False, (), "", 0.0) for value in values]
    return name_mistake(suite, said, grade_cases(suite, Heard(cases=said), ""))


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
