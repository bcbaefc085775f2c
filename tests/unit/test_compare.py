"""Laws of comparison, one by one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from llmprep.compare import compare
from llmprep.model import Tolerance
from llmprep.sandbox.worker.convert import to_plain
from llmprep.values import Raised, Scalar, Unsupported

TOLERANCE = Tolerance(rtol=1e-6, atol=1e-9)
VALUE_ERROR = Raised(("ValueError", "Exception", "BaseException"), "bad")


def plain(value: Any) -> Any:
    return value if isinstance(value, (Raised, Unsupported)) else to_plain(value, 1 << 30)


def kinds(got: Any, expected: Any, tolerance: Tolerance = TOLERANCE) -> list[str]:
    return [one.kind for one in compare(plain(got), plain(expected), tolerance)]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (2, 2.0),
        (np.float64(2.0), 2.0),
        (np.array(2.0), 2.0),
        (np.int32(2), 2),
        (np.bool_(True), True),
        ([1, 2], (1, 2)),
        ((np.zeros(2), 1.0), [np.zeros(2), 1.0]),
        (np.zeros(3, dtype=np.int32), np.zeros(3, dtype=np.int64)),
        (np.zeros(3, dtype=np.uint8), np.zeros(3, dtype=np.int64)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (-0.0, 0.0),
        (math.nan, math.nan),
        ({(np.int64(0), np.int64(1)): 1.0}, {(0, 1): 1.0}),
        ({((np.int64(0), "a"), 2): 1.0}, {((0, "a"), np.int8(2)): 1.0}),
        ({(np.int64(0), np.int64(1))}, {(0, 1)}),
        ({(np.int64(k), k) for k in range(40)}, {(k, k) for k in range(40)}),
        (complex(math.nan, 5.0), complex(math.nan, 5.0)),
        (complex(math.nan, math.inf), complex(math.nan, math.inf)),
        (complex(math.inf, 5.0 + 1e-9), complex(math.inf, 5.0)),
        (np.array([complex(3.0, math.nan)]), np.array([complex(3.0, math.nan)])),
        (np.array([np.nan, np.inf, -np.inf]), np.array([np.nan, np.inf, -np.inf])),
        (np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.arange(6.0).reshape(2, 3)),
        (None, None),
        ("a", "a"),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (10**400, 10**400),
    ],
)
def test_these_are_equal(got: Any, expected: Any) -> None:
    """A number is a number whether Python's or numpy's, a sequence a sequence; memory order does not matter."""
    assert kinds(got, expected) == []


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        (2.0, 2, "kind"),
        (True, 1, "kind"),
        (1, True, "kind"),
        (True, 1.0, "kind"),
        ({(0.0, True): 1.0}, {(0, 1): 1.0}, "keys"),
        ({(0, (1, True)): 1.0}, {(0, (1, 1)): 1.0}, "keys"),
        ({(0, 1): 1.0}, {(0, (1,)): 1.0}, "keys"),
        ({(0.0, 1)}, {(0, 1)}, "value"),
        (complex(math.nan, 5.0), complex(3.0, math.nan), "value"),
        (complex(math.nan, 5.0), complex(math.nan, 6.0), "value"),
        (complex(math.nan, math.nan), complex(3.0, math.nan), "value"),
        (complex(math.inf, 5.0), complex(math.inf, 6.0), "value"),
        (complex(math.inf, 5.0), complex(-math.inf, 5.0), "value"),
        (np.array([complex(3.0, math.nan)]), np.array([complex(math.nan, 3.0)]), "value"),
        ("1", 1, "kind"),
        (None, 0.0, "kind"),
        (np.array([2.0]), 2.0, "kind"),
        (2.0, np.array([2.0]), "kind"),
        ([1.0, 2.0], np.array([1.0, 2.0]), "kind"),
        (np.array([1.0, 2.0]), [1.0, 2.0], "kind"),
        (np.float32(2.0), 2.0, "dtype"),
        (2.0, np.float32(2.0), "dtype"),
        (1j, 1.0, "kind"),
        (np.array([0.0]), np.zeros(0), "shape"),
        (np.zeros(0), np.array([0.0]), "shape"),
        (np.zeros((1, 3)), np.zeros(3), "shape"),
        (np.zeros((3, 1)), np.zeros((3, 3)), "shape"),
        (np.zeros((3, 2)), np.zeros((2, 3)), "shape"),
        (np.zeros(3, dtype=np.float32), np.zeros(3), "dtype"),
        (np.zeros(3), np.zeros(3, dtype=np.float32), "dtype"),
        (np.zeros(3, dtype=np.int64), np.zeros(3), "dtype"),
        (np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int8), "dtype"),
        (np.zeros(3, dtype=bool), np.zeros(3, dtype=np.int64), "dtype"),
        ([1, 2], (1, 2, 3), "length"),
        ({"a": 1}, {"a": 1, "b": 2}, "keys"),
        ({"a": 1, "b": 2}, {"a": 1}, "keys"),
        ([("a", 1)], {"a": 1}, "kind"),
        (math.nan, 0.0, "value"),
        (0.0, math.nan, "value"),
        (math.inf, 1e308, "value"),
        (-math.inf, math.inf, "value"),
        (10**400, 1.0, "value"),
        (10**400, 10**400 + 1, "value"),
        ("a", "b", "value"),
        ({1}, {2}, "value"),
        (frozenset({1}), [1], "kind"),
        (np.array([127], dtype=np.int8), np.array([126], dtype=np.int8), "value"),
        (Unsupported("collections.deque"), [1], "unsupported"),
        (VALUE_ERROR, 1.0, "raised"),
        (1.0, VALUE_ERROR, "not_raised"),
        (Raised(("TypeError", "Exception"), ""), VALUE_ERROR, "raised"),
    ],
)
def test_these_differ(got: Any, expected: Any, kind: str) -> None:
    """Kind, shape and dtype are exact, whatever the values; then values are."""
    assert kinds(got, expected) == [kind]


def test_a_subclass_of_the_expected_exception_is_as_good() -> None:
    """`raises: ValueError` takes whatever a caller's `except ValueError` would."""
    assert kinds(Raised(("UnicodeError", "ValueError", "Exception"), ""), VALUE_ERROR) == []


def test_every_place_is_told_once() -> None:
    """Each output of several has its own path, in the order of the expected ones."""
    got = plain(({"loss": 1.0, "grad": np.zeros(3)}, [1, 2]))
    expected = plain(({"loss": 2.0, "grad": np.zeros((3, 1))}, [1, 3]))
    found = [(one.path, one.kind) for one in compare(got, expected, TOLERANCE)]
    assert found == [("[0]['loss']", "value"), ("[0]['grad']", "shape"), ("[1][1]", "value")]


def test_the_worst_element_is_told() -> None:
    """How many are off, of how many, and the worst of them."""
    (found,) = compare(plain(np.array([[1.0, 2.5], [9.0, 4.0]])), plain(np.array([[1.0, 2.0], [3.0, 4.0]])), TOLERANCE)
    assert (found.facts["off"], found.facts["total"]) == (2, 4)
    assert (found.facts["index"], found.facts["got"], found.facts["expected"]) == ((1, 0), 9.0, 3.0)


def test_nan_is_worse_than_any_difference() -> None:
    """The worst element is the one that is no number."""
    (found,) = compare(plain(np.array([1e300, np.nan])), plain(np.array([0.0, 0.0])), TOLERANCE)
    assert found.facts["index"] == (1,)


def test_atol_follows_the_largest_element() -> None:
    """The absolute tolerance is relative to the data: the same bits scaled get the same verdict."""
    tolerance = Tolerance(rtol=0.0, atol=1e-3)
    for scale in (1e-30, 1.0, 1e30):
        expected = np.array([0.0, 4.0]) * scale
        assert kinds(expected + 0.003 * scale, expected, tolerance) == []
        assert kinds(expected + 0.005 * scale, expected, tolerance) == ["value"]


def test_atol_of_zeros_is_absolute() -> None:
    """Where all that is expected is zero, the scale is one."""
    tolerance = Tolerance(rtol=0.0, atol=1e-3)
    assert kinds(np.full(2, 5e-4), np.zeros(2), tolerance) == []
    assert kinds(np.full(2, 2e-3), np.zeros(2), tolerance) == ["value"]


def test_an_infinity_does_not_widen_the_tolerance() -> None:
    """The scale is that of the finite elements."""
    assert kinds(np.array([np.inf, 1.1]), np.array([np.inf, 1.0])) == ["value"]


def test_form_alone_can_be_held() -> None:
    """With values left to others, kinds, shapes and dtypes still count."""
    one, other = plain(np.zeros(3)), plain(np.ones(3))
    assert compare(one, other, TOLERANCE, values=False) == []
    assert [m.kind for m in compare(one, plain(np.ones(4)), TOLERANCE, values=False)] == ["shape"]
    assert [m.kind for m in compare(1.0, "x", TOLERANCE, values=False)] == ["kind"]


def test_integers_are_exact() -> None:
    """No tolerance applies to integers, even where it is wide."""
    assert kinds(np.array([10**15 + 1]), np.array([10**15]), Tolerance(rtol=1.0, atol=1.0)) == ["value"]


def test_keys_and_members_count_by_their_kind() -> None:
    """1, 1.0 and True are three keys; a numpy integer is the integer it stands for."""
    one = Scalar("int64", (1).to_bytes(8, "little"))
    for wrong in (1.0, True):
        assert compare({wrong: 2}, {1: 2}, TOLERANCE)
        assert compare({wrong}, {1}, TOLERANCE)
    assert not compare({one: 2}, {1: 2}, TOLERANCE)
    assert not compare({one}, {1}, TOLERANCE)
