"""A small exercise and its suite, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from llmprep.checking.suite import Case, Suite
from llmprep.model import Tolerance
from llmprep.sandbox.codec import encode
from llmprep.values import Arguments

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def make_suite() -> Callable[..., Suite]:
    """A suite of cases with these expected values; `mistakes` maps an id to its values."""

    def make(*expected: Any, mistakes: dict[str, list[Any]] | None = None, **fields: Any) -> Suite:
        tolerance = Tolerance(rtol=1e-6, atol=1e-9)
        defaults = {"place": 0, "group": "general", "tolerance": tolerance, "by_properties": False, "free_form": False}
        cases = tuple(
            Case(index=index, given=encode(Arguments((index,), {})), expected=value, **{**defaults, **fields})
            for index, value in enumerate(expected)
        )
        outcomes = {
            name: [value if type(value) is tuple else (value, (), False) for value in values]
            for name, values in (mistakes or {}).items()
        }
        return Suite(cases, expected, encode(outcomes))

    return make
