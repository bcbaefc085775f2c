"""Write submissions that every suite must refuse, whatever the exercise: wrappers around its reference.

Each answers right but for one thing that weak tests let through.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.values import Arguments, Array, Scalar, Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise


class Impostor(NamedTuple):
    """One way of seeming right."""

    name: str
    body: str
    """Code that defines `answer(right, args, kwargs)`: `right` computes the reference's answer."""
    applies: Callable[[Suite], bool]
    """Whether the exercise has what it spoils."""


def impostors(exercise: Exercise, suite: Suite) -> list[tuple[str, str]]:
    """Return the impostors that the exercise can have: their names and their sources."""
    wrap = _wrap_class if any(isinstance(case.inputs, Script) for case in suite.cases) else _wrap_function
    return [(one.name, wrap(exercise, one.body)) for one in IMPOSTORS if one.applies(suite)]


_TOOLS = '''

import numpy as _np


def _each(value, change):
    """A value with `change` made to every array and number in it."""
    if type(value) in (list, tuple):
        return type(value)(_each(one, change) for one in value)
    if type(value) is dict:
        return {name: _each(one, change) for name, one in value.items()}
    return change(value)


def _arrays(value):
    """The arrays in a value."""
    if type(value) is _np.ndarray:
        yield value
    elif type(value) in (list, tuple):
        for one in value:
            yield from _arrays(one)
    elif type(value) is dict:
        yield from _arrays(list(value.values()))


def _is_number(value):
    return isinstance(value, (bool, int, float, complex, _np.number, _np.bool_))


def _full(number):
    """Fills arrays and numbers with one number."""
    def change(value):
        if type(value) is _np.ndarray:
            return _np.full_like(value, number)
        return type(value)(number) if _is_number(value) else value
    return change


'''

_CALL_FUNCTION = """

_right = {entry}


def {entry}(*args, **kwargs):
    return answer(lambda: _right(*args, **kwargs), args, kwargs)
"""


def _wrap_function(exercise: Exercise, body: str) -> str:
    return exercise.reference + _TOOLS + body + _CALL_FUNCTION.format(entry=exercise.entry)


def _wrap_class(exercise: Exercise, body: str) -> str:
    """Return a class with the reference's methods, each of whose results is spoilt, and its attributes."""
    methods = [
        f"    def {name}(self, *args, **kwargs):\n"
        f"        return answer(lambda: self._right.{name}(*args, **kwargs), args, kwargs)\n"
        for name in _methods(exercise)
    ]
    head = (
        f"\n\n_Right = {exercise.entry}\n\n\nclass {exercise.entry}:\n"
        "    def __init__(self, *args, **kwargs):\n        self._right = _Right(*args, **kwargs)\n\n"
        "    def __getattr__(self, name):\n        return answer(lambda: getattr(self._right, name), (), {})\n\n"
    )
    return exercise.reference + _TOOLS + body + head + "\n".join(methods)


def _methods(exercise: Exercise) -> list[str]:
    for node in ast.parse(exercise.reference).body:
        if isinstance(node, ast.ClassDef) and node.name == exercise.entry:
            names = [method.name for method in node.body if isinstance(method, ast.FunctionDef)]
            return [name for name in names if name != "__init__"]
    return []


def _outputs(suite: Suite) -> Iterator[Any]:
    """Yield the leaves of the reference's answers in cases that are compared with it."""
    for case in suite.cases:
        if not (case.by_properties and case.free_form):
            yield from _leaves(suite.reference[case.index])


def _inputs(suite: Suite) -> Iterator[Any]:
    for case in suite.cases:
        given = [case.inputs] if isinstance(case.inputs, Arguments) else []
        if isinstance(case.inputs, Script):
            given = [call.arguments for call in case.inputs.calls if call.arguments is not None]
        for arguments in given:
            yield from _leaves([*arguments.args, *arguments.kwargs.values()])


def _leaves(value: Any) -> Iterator[Any]:
    if type(value) in (list, tuple):
        for one in value:
            yield from _leaves(one)
    elif type(value) is dict:
        yield from _leaves(list(value.values()))
    else:
        yield value


def _answers_number(suite: Suite) -> bool:
    return any(isinstance(one, (bool, int, float, Scalar, Array)) for one in _outputs(suite))


def _answers_array(least_axes: int) -> Callable[[Suite], bool]:
    def applies(suite: Suite) -> bool:
        arrays = [one for one in _outputs(suite) if isinstance(one, Array)]
        return any(sum(extent > 1 for extent in one.shape) >= least_axes for one in arrays)

    return applies


def _answers_float(suite: Suite) -> bool:
    return any(
        isinstance(one, float) or (isinstance(one, (Array, Scalar)) and one.dtype.startswith("float"))
        for one in _outputs(suite)
    )


def _answers_float64_array(suite: Suite) -> bool:
    return any(isinstance(one, Array) and one.shape and one.dtype == "float64" for one in _outputs(suite))


def _takes_array(least_axes: int) -> Callable[[Suite], bool]:
    return lambda suite: any(
        isinstance(one, Array) and len(one.shape) >= least_axes and 0 not in one.shape for one in _inputs(suite)
    )


def _is_repeated(suite: Suite) -> bool:
    """Return whether cases are called once more at the end, as those judged by properties are not."""
    return any(not case.by_properties for case in suite.cases)


IMPOSTORS = (
    Impostor(
        "zeros",
        "def answer(right, args, kwargs):\n    return _each(right(), _full(0))\n",
        _answers_number,
    ),
    Impostor(
        "constant",
        "def answer(right, args, kwargs):\n    return _each(right(), _full(1))\n",
        _answers_number,
    ),
    Impostor(
        "first input back",
        "def answer(right, args, kwargs):\n    found = list(_arrays([*args, *kwargs.values()]))\n"
        "    return found[0].copy() if found else right()\n",
        _takes_array(0),
    ),
    Impostor(
        "NaN",
        "def answer(right, args, kwargs):\n"
        "    def change(value):\n"
        "        floating = getattr(value, 'dtype', _np.asarray(value).dtype if _is_number(value) else None)\n"
        "        return _full(_np.nan)(value) if floating is not None and floating.kind == 'f' else value\n"
        "    return _each(right(), change)\n",
        _answers_float,
    ),
    Impostor(
        "broadcast scalar",
        "def answer(right, args, kwargs):\n"
        "    return _each(right(), lambda v: v.flat[0] if type(v) is _np.ndarray and v.size else v)\n",
        _answers_array(1),
    ),
    Impostor(
        "broadcast row",
        "def answer(right, args, kwargs):\n"
        "    return _each(right(), lambda v: v[:1] if type(v) is _np.ndarray and v.ndim > 1 else v)\n",
        _answers_array(2),
    ),
    Impostor(
        "transpose",
        "def answer(right, args, kwargs):\n"
        "    return _each(right(), lambda v: v.T.copy() if type(v) is _np.ndarray and v.ndim > 1 else v)\n",
        _answers_array(2),
    ),
    Impostor(
        "float32 for float64",
        "def answer(right, args, kwargs):\n"
        "    narrow = lambda v: v.astype(_np.float32) if getattr(v, 'dtype', None) == _np.float64 else v\n"
        "    return _each(right(), narrow)\n",
        _answers_float64_array,
    ),
    Impostor(
        "input changed in place",
        "def answer(right, args, kwargs):\n"
        "    came = right()\n"
        "    for array in _arrays([*args, *kwargs.values()]):\n"
        "        if array.size:\n"
        "            array[...] = ~array if array.dtype == bool else array + 1\n"
        "    return came\n",
        _takes_array(1),
    ),
    Impostor(
        "state kept between calls",
        "_calls = []\n\n\ndef answer(right, args, kwargs):\n"
        "    given = [*args, *kwargs.values()]\n"
        "    key = repr([one.bit_generator.state if hasattr(one, 'bit_generator') else one for one in given])\n"
        "    _calls.append(key)\n"
        "    return _each(right(), _full(7)) if _calls.count(key) > 1 and _calls[-2] != key else right()\n",
        lambda suite: _answers_number(suite) and _is_repeated(suite) and _is_function(suite),
    ),
    Impostor(
        "contiguous input only",
        "def answer(right, args, kwargs):\n"
        "    if all(a.flags.c_contiguous for a in _arrays([*args, *kwargs.values()])):\n"
        "        return right()\n"
        "    raise RuntimeError('not contiguous')\n",
        _takes_array(1),
    ),
    Impostor(
        "square input only",
        "def answer(right, args, kwargs):\n"
        "    given = [a for a in _arrays([*args, *kwargs.values()]) if a.ndim > 1]\n"
        "    if all(len(set(a.shape)) == 1 for a in given):\n"
        "        return right()\n"
        "    raise RuntimeError('not square')\n",
        _takes_array(2),
    ),
    Impostor(
        "one element only",
        "def answer(right, args, kwargs):\n"
        "    if all(a.size <= 1 for a in _arrays([*args, *kwargs.values()])):\n"
        "        return right()\n"
        "    raise RuntimeError('more than one element')\n",
        _takes_array(1),
    ),
)


def _is_function(suite: Suite) -> bool:
    return not any(isinstance(case.inputs, Script) for case in suite.cases)
