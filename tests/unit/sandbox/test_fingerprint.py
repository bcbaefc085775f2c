"""Laws of the digest by which the same code is recognized."""

from __future__ import annotations

import re
import warnings

import pytest

from llmprep.sandbox.worker import fingerprint as module


def fingerprint(source: str) -> str:
    """The digest of a source, compiled as a submission is."""
    return module.fingerprint(source, compile(source, "<submission>", "exec", dont_inherit=True))


SOFTMAX = """import numpy as np


def softmax(x, axis=-1):
    largest = np.max(x, axis=axis, keepdims=True)
    if axis is None:
        return None
    powers = np.exp(x - largest)
    return powers / powers.sum(axis=axis, keepdims=True)
"""
CLOSURES = """def outer(xs, weight):
    offset = 1
    limit = 2

    def inner(i):
        total = xs[i] * weight + offset
        return [total for each in xs if each < limit]

    class Kept:
        def value(self):
            return offset + limit

    return inner, Kept
"""


def renamed(source: str, **names: str) -> str:
    return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), source)


SAME = {
    "comments and layout": (SOFTMAX, "# llmprep: a/b\n# mine\n\n" + SOFTMAX.replace(" - ", "-").replace("    ", "  ")),
    "docstrings": (SOFTMAX, '"""Mine."""\n' + SOFTMAX.replace("=-1):\n", '=-1):\n    """What it does."""\n')),
    "locals": (SOFTMAX, renamed(SOFTMAX, largest="m", powers="e")),
    "arguments": (SOFTMAX, re.sub(r"\bx\b", "values", SOFTMAX)),
    "captured": (CLOSURES, renamed(CLOSURES, xs="z", weight="y", offset="b", limit="a", total="t", each="q")),
    "captured, in another order": (CLOSURES, renamed(CLOSURES, xs="a", weight="b", offset="y", limit="z", each="f")),
    "parentheses": ("def f(x):\n    return (x + 1) * 2\n", "def f(y):\n    return ((y + 1)) * (2)\n"),
    "line breaks": (SOFTMAX, SOFTMAX.replace("\n", "\r\n")),
}
SAME["a text first"] = ("def f(x):\n    return 'a' + x\n", "def f(y):\n    'Doc.'\n    return 'a' + y\n")
SAME["nothing but a text"] = ("class A:\n    'Doc.'\n", "class A:\n    pass\n")
SAME["docstrings beside handlers"] = (
    "def f():\n    'D'\n    try:\n        g()\n    finally:\n        class A:\n            'D'\n            x = 1\n",
    "def f():\n    try:\n        g()\n    finally:\n        class A:\n            x = 1\n",
)
SAME["captured beside handlers"] = (
    "def f(a, b):\n    def h(): return a - b\n    try:\n        h()\n    except E:\n        h()\n",
    "def f(z, b):\n    def h(): return z - b\n    try:\n        h()\n    except E:\n        h()\n",
)
ASSERTED = SOFTMAX.replace("    powers =", "    assert axis\n    powers =")
TRIED = "def f():\n    try:\n        g()\n        h()\n    except E:\n        k()\n"
OTHER = {
    "assertions": (SOFTMAX, ASSERTED),
    "what is asserted": (ASSERTED, ASSERTED.replace("assert axis", "assert largest")),
    "a branch for __debug__": (
        "def f(x):\n    if __debug__:\n        x = x + 1\n    return x\n",
        "def f(x):\n    return x\n",
    ),
    "the other branch for __debug__": (
        "def f(x):\n    if not __debug__:\n        x = x + 1\n    return x\n",
        "def f(x):\n    if __debug__:\n        x = x + 1\n    return x\n",
    ),
    "what is tried": (
        TRIED,
        TRIED.replace(
            "        h()\n    except E:\n        k()\n", "    except E:\n        k()\n    else:\n        h()\n"
        ),
    ),
    "what is tried, beside captured variables": tuple(
        "def o(a, b):\n    i = lambda: a - b\n" + re.sub("^", "    ", one, flags=re.MULTILINE)
        for one in (
            TRIED,
            TRIED.replace(
                "        h()\n    except E:\n        k()\n", "    except E:\n        k()\n    else:\n        h()\n"
            ),
        )
    ),
    "what is done with a resource": (
        "def f(a):\n    with a:\n        g()\n        h()\n",
        "def f(a):\n    with a:\n        g()\n    h()\n",
    ),
    "a text that is returned": ("def f():\n    return 'a'\n", "def f():\n    'a'\n"),
    "a constant": (SOFTMAX, SOFTMAX.replace("-1", "-2")),
    "a constant's type": ("def f():\n    return 1\n", "def f():\n    return 1.0\n"),
    "True is not 1": ("def f():\n    return 1\n", "def f():\n    return True\n"),
    "the sign of zero": ("def f():\n    return 0.0\n", "def f():\n    return -0.0\n"),
    "an operator": (SOFTMAX, SOFTMAX.replace("x - largest", "x + largest")),
    "a global name": (SOFTMAX, SOFTMAX.replace("np.exp", "np.exp2")),
    "a function's name": (SOFTMAX, SOFTMAX.replace("def softmax", "def soft")),
    "which local": ("def f(x, y):\n    return x - y\n", "def f(x, y):\n    return y - x\n"),
    "which captured": (CLOSURES, CLOSURES.replace("xs[i] * weight", "weight[i] * xs")),
    "a keyword": (SOFTMAX, SOFTMAX.replace("keepdims", "keepdim")),
    "a default": (SOFTMAX, SOFTMAX.replace("axis=-1", "axis=0")),
    "a statement": (SOFTMAX, SOFTMAX.replace("        return None\n", "        pass\n")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same_code_is_recognized(one: str, other: str) -> None:
    """Whatever does not change what it does: comments, layout, docstrings, the names of locals."""
    assert fingerprint(one) == fingerprint(other)
    assert re.fullmatch("[0-9a-f]{32}", fingerprint(one))


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_other_code_is_other_code(one: str, other: str) -> None:
    """One operator, constant or name that counts is enough."""
    assert "" != fingerprint(one) != fingerprint(other) != ""


def test_a_long_text_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond some length its docstrings count; nothing else changes."""
    monkeypatch.setattr(module, "MOST_TEXT_PARSED", len(SOFTMAX) + 10)
    assert fingerprint(SOFTMAX + "# x\n") == fingerprint(SOFTMAX + "# many words\n")
    assert fingerprint("'Doc.'\n" + SOFTMAX) == fingerprint(SOFTMAX)
    assert fingerprint("'A long docstring.'\n" + SOFTMAX) != fingerprint(SOFTMAX)


def test_a_warning_is_not_told(recwarn: pytest.WarningsRecorder) -> None:
    """What the compiler remarks would stand among what the submission prints."""
    source = "def f(x):\n    assert x\n    return x is 1\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(source, "", "exec")
    assert module.fingerprint(source, code)
    assert not recwarn.list
