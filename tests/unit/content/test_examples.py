"""Laws of example cases as calls."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.content.examples import WIDTH, example, one_line
from llmprep.model import CaseSource, Group


def shown(inputs, expect="", *, entry="f", raises="", width=WIDTH):
    return example(CaseSource(group=Group.EXAMPLE, inputs=inputs, expect=expect, raises=raises), entry, width)


@pytest.mark.parametrize(
    ("inputs", "expect", "text"),
    [
        ("args(1.0e-6, axis=0)", "(1, 2)", "f(1.0e-6, axis=0)\n# → (1, 2)"),
        ('args("中文", b"x")', '"y"', 'f("中文", b"x")\n# → "y"'),
        ("args(1,  # one\n     [2,\n      3],\n)", "4", "f(1, [2, 3])\n# → 4"),
        ("args((1,\n))", "4", "f((1,))\n# → 4"),
        ("args(generator(7))", "4", "f(np.random.default_rng(7))\n# → 4"),
        ('args(bind("model", 2, b=3), 1)', "4", "f(partial(model, 2, b=3), 1)\n# → 4"),
        ('args(bind("model"), generator(1))', "4", "f(model, np.random.default_rng(1))\n# → 4"),
        ("args()", "None", "f()"),
    ],
)
def test_a_call_is_the_entrys(inputs, expect, text):
    """`args(...)` reads as a call of the entry, what it gives as a comment, every literal as its author wrote it."""
    assert shown(inputs, expect) == text


def test_a_refusal_names_its_exception():
    """A case that must be refused says with what."""
    assert shown("args(-1)", raises="ValueError") == "f(-1)\n# raises ValueError"


def test_a_script_drives_an_instance():
    """A script reads as lines of Python: construction, calls, attributes, each with what it gives."""
    script = 'script(args(4.0, step=2), call("step", True, [1]), call("reset"), get("scale"), call("step", 9))'
    assert shown(script, '[8.0, None, 4.0, raises("ValueError")]', entry="LossScaler") == (
        "scaler = LossScaler(4.0, step=2)\n"
        "scaler.step(True, [1])  # → 8.0\n"
        "scaler.reset()\n"
        "scaler.scale  # → 4.0\n"
        "scaler.step(9)  # raises ValueError"
    )


@pytest.mark.parametrize(
    ("entry", "name"), [("CSR", "csr"), ("LruCache", "cache"), ("Lambda", "instance"), ("cache", "instance")]
)
def test_an_instances_name_is_a_name_of_its_own(entry, name):
    """The variable is named after the class, but is neither a keyword nor the class's own name."""
    assert shown('script(args(), get("x"))', "[1]", entry=entry).startswith(f"{name} = {entry}()\n")


def test_outcomes_that_cannot_be_matched_stand_under_the_script():
    """Where outcomes are not written one by one, they are shown as written."""
    text = shown('script(args(), get("x"), get("y"))', "[1] * 2", entry="Box")
    assert text == "box = Box()\nbox.x\nbox.y\n# → [1] * 2"


@pytest.mark.parametrize("inputs", ["args(", "args(1) +", "cases[0]", "'''a\nb'''", "args('''a\nb''')"])
def test_what_cannot_be_rewritten_is_shown_as_written(inputs):
    """An expression that is no plain `args(...)` or `script(...)` is not touched."""
    assert shown(inputs, "1") == f"{inputs}\n# → 1"


def test_long_calls_are_broken():
    """A call wider than the width gets a line for each argument, and stays the same expression."""
    call = f"args({', '.join(f'np.array([{n}.0, {n}.5, -{n}.0])' for n in range(5))}, axis=1)"
    text = shown(call, width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(call.replace("args", "f")))


LITERAL = st.recursive(
    st.integers()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("ab '\"中#,(", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.lists(LITERAL, max_size=4), st.integers(10, 90))
def test_arguments_survive(arguments, width):
    """Whatever the literals and the width, the call that is shown has the same arguments."""
    call = ast.parse(shown(f"args({', '.join(map(repr, arguments))})", width=width), mode="eval").body
    assert [ast.literal_eval(part) for part in call.args] == arguments


@given(LITERAL, st.integers(10, 40))
def test_results_survive(value, width):
    """Whatever is expected and the width, the comment holds it whole."""
    comment = shown("args()", repr(value), width=width).splitlines()[1:]
    text = "\n".join(line.removeprefix("# → ").removeprefix("#   ") for line in comment)
    assert ast.literal_eval(text) == value


@given(LITERAL)
def test_one_line_keeps_the_value(value):
    """Joining lines changes no value, a tuple of one included."""
    import pprint

    text = pprint.pformat(value, width=1)
    try:
        joined = one_line(text)
    except ValueError:
        return
    assert "\n" not in joined
    assert ast.literal_eval(joined) == value
