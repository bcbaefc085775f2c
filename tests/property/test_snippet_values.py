"""A value written as Python source is that value again, to the bit."""

from __future__ import annotations

import ast
import base64
import functools
import math
import struct
import zlib
from dataclasses import replace
from typing import Any

import hypothesis
import numpy as np
from hypothesis import HealthCheck, example, settings
from hypothesis import strategies as st

from llmprep.model import Exercise, Language, Text, Tolerance
from llmprep.sandbox.codec import encode
from llmprep.sandbox.worker.convert import to_live, to_plain
from llmprep.ui.report.literal import WRITTEN_OUT
from llmprep.ui.report.snippet import UNPACK, snippet
from llmprep.values import ITEM_SIZES, Arguments, Array, Bound, Call, Generator, Raised, Scalar, Script
from llmprep.verdict import CaseResult, Finding, Verdict

TEXT = Text("text", "文字")
HELPERS = (
    'from __future__ import annotations\n\n\ndef model(*args, **kwargs):\n    """Help."""\n    return args, kwargs\n'
)
EXERCISE = Exercise(
    id="topic/it",
    title=TEXT,
    difficulty="easy",
    minutes=1,
    prompt=TEXT,
    sources=(),
    kind="exercise",
    entry="it",
    starter="def it(*args):\n    ...",
    reference="SECRET = 1",
    helpers=HELPERS,
    cases=(),
    tolerance=Tolerance(0, 0),
    mistakes=(),
    hints=(TEXT, TEXT, TEXT),
    explanation=TEXT,
)


@st.composite
def arrays(draw: Any) -> Array:
    """Arrays of any dtype, shape and layout: of any bytes, and of numbers that people write."""
    dtype = draw(st.sampled_from(list(ITEM_SIZES)))
    shape = tuple(draw(st.lists(st.integers(0, 5), max_size=4)))
    size = math.prod(shape)
    layout = draw(st.sampled_from("CFS"))
    if dtype == "bool":
        data = bytes(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    elif draw(st.booleans()):
        data = draw(st.binary(min_size=size * ITEM_SIZES[dtype], max_size=size * ITEM_SIZES[dtype]))
    else:
        with np.errstate(all="ignore"):
            element = st.sampled_from([0.0, -0.0, 1.0, 0.1, -2.5, 3e-5, 127.0, math.nan, math.inf, -math.inf])
            elements = np.array(draw(st.lists(element, min_size=size, max_size=size)))
            data = elements.astype(dtype).tobytes()
    return Array(dtype, shape, data, layout)


@st.composite
def scalars(draw: Any) -> Scalar:
    dtype = draw(st.sampled_from([name for name in ITEM_SIZES if name != "bool"]))
    return Scalar(dtype, draw(st.binary(min_size=ITEM_SIZES[dtype], max_size=ITEM_SIZES[dtype])))


floats = st.floats() | st.binary(min_size=8, max_size=8).map(lambda data: struct.unpack("<d", data)[0])
atoms = (
    st.none() | st.booleans() | st.integers() | floats
    | st.builds(complex, st.floats(), st.floats()) | st.text(max_size=30) | st.binary(max_size=30)
)  # fmt: skip
keys = st.booleans() | st.integers() | st.text(max_size=10) | st.tuples(st.integers(), st.text(max_size=5))
leaves = atoms | arrays() | scalars()
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=5) | st.lists(inner, max_size=5).map(tuple) | st.sets(keys, max_size=5)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip


def case(inputs: Any, expected: Any = None, *findings: Finding) -> CaseResult:
    return CaseResult(0, "general", Verdict.WRONG_ANSWER, inputs, expected, None, findings)


def given_by(source: str) -> tuple[Any, ...]:
    """What the snippet hands to the submission: its call, with the submission's place taken."""
    seen: list[Any] = []
    stand_in = {"it": lambda *args, **kwargs: seen.append((args, kwargs))}
    lines = source.splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("submission = "))
    scope = {"submission": stand_in, "__name__": "__main__", "print": lambda *_: None}
    exec(compile(body, "snippet", "exec"), scope)
    ((args, kwargs),) = seen
    return args, kwargs


def steps(array: np.ndarray) -> Any:
    """How an array with elements lies in memory."""
    return array.strides if array.size else None


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=300)
@hypothesis.given(st.lists(values, max_size=4), st.dictionaries(st.text(max_size=8), values, max_size=2))
@example(
    [math.nan, -math.nan, -0.0, math.inf, {-0.0}, (), (1,), set(), {}],
    {"lambda": 1, "ﬁ": 2, "axis": -1, "a b": "'\"\n"},
)
@example([Array("float32", (7, 9), bytes(range(252)), "S"), Scalar("bool", b"\1"), Generator(7)], {})
@example([Array("complex64", (2,), struct.pack("<4f", -0.0, 1.5, math.inf, -0.0))], {})
def test_inputs_arrive_to_the_bit(args: list[Any], kwargs: dict[str, Any]) -> None:
    """Every input, whatever its type, its NaN bits or its layout, is in the snippet as the worker had it."""
    arguments = Arguments(tuple(args), kwargs)
    source = snippet(EXERCISE, case(arguments), "it.py", Language.BOTH)
    got = given_by(source)
    wanted = (tuple(to_live(one, {}) for one in args), {name: to_live(one, {}) for name, one in kwargs.items()})
    for one, other in zip(leaves_of(got), leaves_of(wanted), strict=True):
        assert type(one) is type(other)
        if isinstance(one, np.random.Generator):
            assert one.bit_generator.state == other.bit_generator.state
            continue
        if type(one) is set:
            assert sorted(map(repr, one)) == sorted(map(repr, other))
            continue
        assert encode(to_plain(one, 1 << 30)) == encode(to_plain(other, 1 << 30))
        if isinstance(one, np.ndarray):
            assert steps(one) == steps(other)
            assert one.flags.writeable


def test_integers_of_any_length() -> None:
    """An integer of more digits than Python reads is written so that Python reads it."""
    numbers = (2**20_000, -(2**20_000) + 1, 10**600)
    source = snippet(EXERCISE, case(Arguments(numbers, {})), "it.py", Language.EN)
    assert given_by(source) == (numbers, {})


def leaves_of(value: Any) -> list[Any]:
    if type(value) in (list, tuple):
        return [type(value)(), *(leaf for one in value for leaf in leaves_of(one))]
    if type(value) is dict:
        return [list(value), *(leaf for one in value.values() for leaf in leaves_of(one))]
    return [value]


@hypothesis.given(arrays(), st.integers(), st.text(max_size=10))
def test_a_helper_comes_with_what_is_bound_to_it(array: Array, number: int, word: str) -> None:
    """An input bound to a helper brings the helpers' source; it is called with what was filled in."""
    bound = Bound("model", (array,), {"number": number, "word": [word]})
    source = snippet(EXERCISE, case(Arguments((bound,), {})), "it.py", Language.EN)
    assert '"""Help."""' in source
    ((function,), _) = given_by(source)
    assert isinstance(function, functools.partial)
    (first, *_), named = function()
    assert to_plain(first, 1 << 30)[:3] == array[:3]
    assert named == {"number": number, "word": [word]}


@hypothesis.given(st.lists(leaves, max_size=3), st.booleans())
def test_it_is_plain_python_and_never_the_reference(args: list[Any], small: bool) -> None:
    """It parses, imports numpy and the standard library only, is ASCII but for text, and tells no code but helpers."""
    source = snippet(EXERCISE, case(Arguments(tuple(args), {})), "my file-1.py", Language.EN)
    tree = ast.parse(source)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"base64", "runpy", "zlib", "numpy"}
    assert "SECRET" not in source
    assert "def model" not in source
    assert all(one.isprintable() or one == "\n" for one in source)
    assert source.startswith("# llmprep snippet: topic/it, case 1 (general)\n")


def test_small_arrays_are_read_large_ones_are_packed() -> None:
    """Up to sixty elements are numbers a reader sees; more are compressed bytes."""
    small = Array("float32", (3, 20), np.arange(60, dtype="float32").tobytes())
    large = Array("float32", (61,), np.arange(61, dtype="float32").tobytes())
    assert WRITTEN_OUT == 60
    assert UNPACK not in snippet(EXERCISE, case(Arguments((small,), {})), "it.py", Language.EN)
    source = snippet(EXERCISE, case(Arguments((large,), {})), "it.py", Language.EN)
    assert UNPACK in source
    assert base64.b64encode(zlib.compress(large.data, 9)).decode()[:40] in source
    tenth = Array("float32", (2,), np.array([0.1, 1e-7], "float32").tobytes())
    assert 'np.array([0.1, 1e-07], dtype="float32")' in snippet(
        EXERCISE, case(Arguments((tenth,), {})), "it.py", Language.EN
    )


SCRIPTED = """
class it:
    def __init__(self, start):
        self.total = start
    def add(self, x):
        if x < 0:
            raise ValueError("negative")
        self.total += x
        return self.total
"""


def ran(source: str, submission: str) -> list[tuple[Any, ...]]:
    """What a snippet prints, line by line, of a submission's source."""
    scope: dict[str, Any] = {}
    exec(submission, scope)
    printed: list[tuple[Any, ...]] = []
    body = "".join(line for line in source.splitlines(keepends=True) if not line.startswith("submission = "))
    exec(body, {"submission": scope, "print": lambda *words: printed.append(words)})
    return printed


def test_a_class_is_driven_to_the_end() -> None:
    """Each call is printed with its number; one that should be refused is caught; what is expected stands below."""
    calls = (Call("add", Arguments((2,), {})), Call("add", Arguments((-1,), {})), Call("total", None))
    refused = Raised(("ValueError", "Exception"), "")
    inputs = Script(Arguments((1,), {}), calls)
    source = snippet(EXERCISE, case(inputs, [3, refused, 4]), "it.py", Language.EN)
    assert ran(source, SCRIPTED) == [("add (1)", "3"), ("add (2)", "ValueError('negative')"), ("total (3)", "3")]
    assert "# expected: 4\n" in source
    assert "# expected: raises ValueError\n" in source
    source = snippet(EXERCISE, case(inputs, refused), "it.py", Language.EN)
    assert ran(source, SCRIPTED.replace("self.total = start", "raise ValueError")) == [("got:", "ValueError()")]


def test_a_refusal_that_is_expected_is_caught() -> None:
    """Where an exception is expected, that one is printed; any other is Python's to show."""
    refused = Raised(("ValueError", "Exception"), "")
    source = snippet(EXERCISE, case(Arguments((1,), {}), refused), "it.py", Language.EN)
    assert ran(source, "def it(x):\n    raise ValueError(x)\n") == [("got:", "ValueError(1)")]
    assert ran(source, "def it(x):\n    return x\n") == [("got:", "1")]


def test_an_input_that_was_changed_is_printed_afterwards() -> None:
    """What a submission did to its inputs is shown; a name that it made up itself is not believed."""
    finding = Finding("check.changed_input", {"names": ("#1", "axis", "\x1b[31m", "#9", "a b")})
    inputs = Arguments(([1],), {"axis": [2], "a b": 3})
    source = snippet(EXERCISE, case(inputs, None, finding), "it.py", Language.ZH)
    changes = "def it(x, axis, **more):\n    x.append(9)\n    axis.clear()\n"
    assert ran(source, changes) == [
        ("实际:", "None"), ("调用后的 input_1：", "[1, 9]"), ("调用后的 input_axis：", "[]")
    ]  # fmt: skip


def test_a_name_of_a_banks_is_never_code() -> None:
    """A call, an attribute or a helper by a name that is no name stays a string; a seed may be of any length."""
    evil = "f\nimport os; os.abort()\nsubject.x"
    script = Script(Arguments((), {}), (Call(evil, None), Call(evil, Arguments((1,), {})), Call("ﬁ", None)))
    bound = Arguments((Bound("f) or __import__('os').abort(", (), {}), Generator(7**6000)), {})
    for inputs in (script, bound):
        tree = ast.parse(snippet(EXERCISE, case(inputs, [1, 2, 3]), "it.py", Language.EN))
        assert not any(isinstance(one, ast.Name) and one.id in ("os", "__import__") for one in ast.walk(tree))
        assert not any(isinstance(one, ast.Attribute) and one.attr == "abort" for one in ast.walk(tree))


def test_a_helper_may_be_called_like_anything_the_snippet_needs() -> None:
    """Its names and the snippet's do not meet, and nothing is imported twice."""
    names = ("Path", "partial", "unpack", "got", "raw")
    looked_up = tuple(name for name in names if name != "got")  # the answer's, as soon as the call is over
    helpers = "from __future__ import annotations\nimport numpy as np\nfrom pathlib import Path\n\n\n"
    helpers += "\n\n".join(f"def {name}(x):\n    return {name!r}, np.size(x)\n" for name in names)
    helpers += "\n\ndef every(x):\n    return [one(x) for one in (" + ", ".join(looked_up) + ")]\n"
    large = Array("float32", (WRITTEN_OUT + 1,), bytes(4 * WRITTEN_OUT + 4))
    given = tuple(Bound(name, (large,), {}) for name in (*names, "every"))
    source = snippet(replace(EXERCISE, helpers=helpers), case(Arguments(given, {})), "it.py", Language.ZH)
    assert source.count("import numpy as np\n") == source.count("import Path\n") == 1
    assert "# 题库自带的辅助代码" in source
    (functions, _) = given_by(source)
    *each, every = (function() for function in functions)
    assert each == [(name, WRITTEN_OUT + 1) for name in names]
    assert every == [(name, WRITTEN_OUT + 1) for name in looked_up]
