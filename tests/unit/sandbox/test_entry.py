"""Whether a submission's function takes an exercise's arguments is told quickly, and as `inspect` tells it."""

from __future__ import annotations

import inspect
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from llmprep.sandbox.worker.submission import _takes
from llmprep.values import Arguments

PARAMETERS = st.tuples(
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def _function(shape: tuple[int, int, int, int, bool, bool, bool]) -> Any:
    """A function of so many parameters: needed, optional, needed by name, optional by name, `/`, `*rest`, `**more`."""
    needed, optional, named, named_optional, slash, rest, more = shape
    names = iter("abcdefghijklmnop")
    parts = [next(names) for _ in range(needed)]
    if slash and needed:
        parts.append("/")
    parts += [f"{next(names)}=0" for _ in range(optional)]
    if rest or named or named_optional:
        parts.append("*rest" if rest else "*")
    parts += [next(names) for _ in range(named)] + [f"{next(names)}=0" for _ in range(named_optional)]
    if more:
        parts.append("**more")
    namespace: dict[str, Any] = {}
    exec(f"def f({', '.join(parts)}): local = 1", namespace)
    return namespace["f"]


@given(PARAMETERS, st.integers(0, 6), st.sets(st.sampled_from("abcdefgh")))
def test_what_is_plainly_taken_is_what_inspect_binds(
    shape: tuple[int, int, int, int, bool, bool, bool], positional: int, by_name: set[str]
) -> None:
    """Never said of arguments that do not fit; of those that do, always, but for the rare kinds of parameters."""
    function = _function(shape)
    arguments = Arguments((0,) * positional, dict.fromkeys(by_name, 0))
    try:
        inspect.signature(function).bind(*arguments.args, **arguments.kwargs)
        binds = True
    except TypeError:
        binds = False
    plainly = _takes(function, arguments)
    slash, rest, more = shape[4] and shape[0], shape[5], shape[6]
    assert plainly <= binds
    if not (slash or rest or more):
        assert plainly == binds


def test_a_function_that_says_otherwise_of_itself_is_left_to_inspect() -> None:
    """A signature may be stated, or be that of the function that is wrapped."""

    def f(x: int) -> int:
        return x

    f.__signature__ = inspect.Signature()  # type: ignore[attr-defined]
    assert not _takes(f, Arguments((1,), {}))  # type: ignore[arg-type]
