"""Laws of comparison over all plain values."""

from __future__ import annotations

import math
import struct

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from llmprep.compare import compare
from llmprep.model import Tolerance
from llmprep.sandbox.worker.convert import to_plain
from llmprep.values import ITEM_SIZES, Array, Scalar, numbers, unravel

EXACT = Tolerance(rtol=0.0, atol=0.0)
LOOSE = Tolerance(rtol=1e-6, atol=1e-9)
ROOM = 1 << 30

arrays = st.sampled_from(list(ITEM_SIZES)).flatmap(
    lambda name: hnp.arrays(np.dtype(name), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | arrays.map(lambda array: to_plain(array, ROOM))
)
plain_values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
finite = st.floats(min_value=-1e100, max_value=1e100)


def array(values: list[float], shape: tuple[int, ...] | None = None) -> Array:
    return Array("float64", shape or (len(values),), struct.pack(f"<{len(values)}d", *values))


@given(plain_values)
def test_comparison_is_reflexive(value: object) -> None:
    """Everything equals itself at tolerance zero, NaN and infinities too."""
    assert compare(value, value, EXACT) == []


@given(plain_values, plain_values)
def test_comparison_never_raises(one: object, other: object) -> None:
    """Whatever is held against whatever, mismatches come back and no exception."""
    for mismatch in compare(one, other, LOOSE):
        assert mismatch.kind in {"kind", "shape", "dtype", "length", "keys", "value", "unsupported"}


@given(st.lists(finite, min_size=1, max_size=8), st.data())
def test_a_perturbation_past_tolerance_is_caught(values: list[float], data: st.DataObject) -> None:
    """An element moved by more than twice its allowance is found, at its place."""
    place = data.draw(st.integers(0, len(values) - 1))
    scale = max(map(abs, values)) or 1.0
    moved = list(values)
    moved[place] += 2 * (LOOSE.rtol * abs(values[place]) + LOOSE.atol * scale)
    # Beside the smallest numbers of all, the allowance itself is rounded to nothing.
    assume(moved[place] != values[place])
    (mismatch,) = compare(array(moved), array(values), LOOSE)
    assert mismatch.kind == "value"
    assert mismatch.facts["index"] == (place,)
    assert mismatch.facts["off"] == 1


@given(st.lists(finite, min_size=1, max_size=8), st.data())
def test_a_perturbation_within_tolerance_passes(values: list[float], data: st.DataObject) -> None:
    """An element moved by less than half its allowance is equal."""
    place = data.draw(st.integers(0, len(values) - 1))
    scale = max(map(abs, values)) or 1.0
    moved = list(values)
    moved[place] += 0.5 * (LOOSE.rtol * abs(values[place]) + LOOSE.atol * scale)
    assert compare(array(moved), array(values), LOOSE) == []


@given(st.lists(finite, min_size=1, max_size=8), st.sampled_from([math.nan, math.inf, -math.inf]), st.data())
def test_what_is_not_finite_passes_nowhere_else(values: list[float], odd: float, data: st.DataObject) -> None:
    """NaN and infinities equal only themselves: neither stands for a number, nor a number for them."""
    place = data.draw(st.integers(0, len(values) - 1))
    moved = list(values)
    moved[place] = odd
    wide = Tolerance(rtol=1e6, atol=1e6)
    assert compare(array(moved), array(values), wide) != []
    assert compare(array(values), array(moved), wide) != []
    assert compare(array(moved), array(moved), wide) == []


@given(arrays, arrays)
def test_shapes_are_exact(one: np.ndarray, other: np.ndarray) -> None:
    """No broadcasting: arrays of different shapes are never equal, however wide the tolerance."""
    got, expected = to_plain(one, ROOM), to_plain(other, ROOM)
    if one.shape != other.shape:
        assert compare(got, expected, Tolerance(rtol=1e300, atol=1e300)) != []


@given(arrays, st.sampled_from(list(ITEM_SIZES)))
def test_dtypes_are_exact(one: np.ndarray, name: str) -> None:
    """An array with axes has the expected dtype, save that any integer type stands for int64."""
    if one.ndim == 0 or np.dtype(name) == one.dtype or (one.dtype == np.int64 and "int" in name):
        return
    got = Array(name, one.shape, bytes(one.size * ITEM_SIZES[name]))
    (mismatch,) = compare(got, to_plain(one, ROOM), LOOSE)
    assert mismatch.kind == "dtype"


@given(hnp.array_shapes(max_dims=4, max_side=5), st.data())
def test_unravel_is_numpys(shape: tuple[int, ...], data: st.DataObject) -> None:
    """Places count in C order."""
    place = data.draw(st.integers(0, math.prod(shape) - 1))
    assert unravel(place, shape) == tuple(int(at) for at in np.unravel_index(place, shape))


@given(arrays)
def test_numbers_are_numpys(one: np.ndarray) -> None:
    """The elements read from bytes are those of the array, in C order."""
    found = np.array(list(numbers(to_plain(one, ROOM))), dtype=one.dtype).reshape(one.shape)
    np.testing.assert_array_equal(found, one)


@given(st.sampled_from(["float16", "float32", "float64"]), st.floats(width=16))
def test_a_scalar_equals_the_number_it_holds(name: str, value: float) -> None:
    """A numpy number and an array without axes of the expected dtype are one number."""
    scalar = to_plain(np.dtype(name).type(value), ROOM)
    without_axes = to_plain(np.array(value, dtype=name), ROOM)
    assert isinstance(scalar, Scalar)
    assert isinstance(without_axes, Array)
    assert compare(scalar, without_axes, EXACT) == compare(without_axes, scalar, EXACT) == []
    assert (compare(scalar, value, EXACT) == []) is (name == "float64")
