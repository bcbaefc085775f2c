"""A margin is the distance to the expected value in tolerances, whatever the form of the output."""

from __future__ import annotations

import math
import struct
from typing import Any

import pytest

from llmprep.model import Tolerance
from llmprep.proving.margins import miss
from llmprep.values import Array, Scalar

TOLERANCE = Tolerance(rtol=1e-6, atol=0.0)


def array(*values: float) -> Array:
    return Array("float64", (len(values),), struct.pack(f"<{len(values)}d", *values))


@pytest.mark.parametrize(
    ("got", "expected", "times"),
    [
        (2.0, 2.0, 0.0),
        (2.0 + 1e-6, 2.0, 0.5),
        (array(1.0, 4.0 + 8e-6), array(1.0, 4.0), 2.0),
        ([1.0, 4.0 + 8e-6], [1.0, 4.0], 2.0),
        (Scalar("float64", struct.pack("<d", 4.0 + 8e-6)), 4.0, 2.0),
        (({"a": [1.0 + 3e-6]}, 7), ({"a": [1.0]}, 7), 3.0),
        (math.nan, math.nan, 0.0),
        ([], [], 0.0),
        (math.nan, 1.0, math.inf),
        (7, 8, math.inf),
        ("a", "b", math.inf),
        ([1.0], [1.0, 2.0], math.inf),
        (array(1.0), 1.0, math.inf),
    ],
)
def test_a_margin(got: Any, expected: Any, times: float) -> None:
    """Numbers miss by degrees, in lists and mappings as in arrays; all else misses altogether or not at all."""
    assert miss(got, expected, TOLERANCE) == pytest.approx(times, rel=1e-3)
