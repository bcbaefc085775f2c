"""What a starter says of the entry's parameters."""

from __future__ import annotations

import pytest

from llmprep.checking.signature import parameters, signature

CLASS = """class Adam(Base):
    def __init__(self, lr, *, eps=1e-8):
        pass

    def step(self, grads):
        pass
"""


@pytest.mark.parametrize(
    ("starter", "expected"),
    [
        ("import numpy as np\n\n\ndef f(x, axis=-1):\n    pass\n", "f(x, axis=-1)"),
        ('def f(x: "np.ndarray") -> dict[str, int]:\n    """Text."""\n', 'f(x: "np.ndarray") -> dict[str, int]'),
        ("def f(\n    x,\n    y,\n):\n    pass\n", "f( x, y, )"),
        ("def f(x):\n    # a comment\n    pass\n", "f(x)"),
        ("def other(x):\n    pass\n\n\ndef f(a, b):\n    return 0\n", "f(a, b)"),
        ("x = 1\n", "f"),
    ],
)
def test_a_signature_is_as_the_starter_writes_it(starter: str, expected: str) -> None:
    """On one line, without what follows the colon."""
    assert signature(starter, "f") == expected


def test_a_class_is_named_with_its_bases() -> None:
    """Its parameters are those of its methods, without `self`."""
    assert signature(CLASS, "Adam") == "class Adam(Base)"
    assert parameters(CLASS, "Adam") == {"": ("lr",), "step": ("grads",)}
