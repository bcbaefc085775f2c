"""Fill the uninitialized memory that numpy returns, so that its content decides no verdict.

`np.empty` gives memory that is zero, or what the code before had there: in a process that runs many solutions of one
exercise, the right answer of another. Code that never sets an element would pass by luck, now and then.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

PATTERN = b"\xa5"
"""The byte that integers are filled with; floats become NaN, and truth is by turns true and false."""


def fill_uninitialized() -> None:
    """Have `np.empty` and `np.empty_like` fill what they make. What numpy itself calls inside is not changed."""
    for name in ("empty", "empty_like"):
        setattr(np, name, _filling(getattr(np, name)))


def _filling(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def filling(*args: Any, **kwargs: Any) -> Any:
        array = make(*args, **kwargs)
        if isinstance(array, np.ndarray) and array.size:
            _fill(array)
        return array

    return filling


def _fill(array: np.ndarray) -> None:
    kind = array.dtype.kind
    if kind in "fc":
        array.fill(np.nan)
    elif kind in "iu":
        array.fill(int.from_bytes(PATTERN * array.itemsize, "little", signed=kind == "i"))
    elif kind == "b":
        array[...] = np.resize([True, False], array.shape)
    elif kind in "mM":
        array.fill(np.array("NaT", array.dtype))
    elif kind in "SU":
        array.fill("?")
