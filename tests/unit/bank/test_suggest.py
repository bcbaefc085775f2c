"""Unknown names come with those that were probably meant."""

from __future__ import annotations

import pytest

from llmprep.bank.suggest import nearest

IDS = ["bert/rope", "bert/attention", "inference/attention", "compression/affine-quantize", "compression/int8-matmul"]


@pytest.mark.parametrize(("name", "expected"), [
    ("bert/rop", ["bert/rope"]),
    ("rope", ["bert/rope"]),
    ("BERT/RoPE", ["bert/rope"]),
    ("affine-quantise", ["compression/affine-quantize"]),
    ("affine_quantize", ["compression/affine-quantize"]),
    ("inference/affine-quantize", ["compression/affine-quantize"]),
    ("inference/attn-attention", ["inference/attention", "bert/attention"]),
    ("bert/attentoin", ["bert/attention", "inference/attention"]),
    ("quantize", ["compression/affine-quantize"]),
    ("compression", ["compression/affine-quantize", "compression/int8-matmul"]),
    ("zz", []),
    ("", []),
    ("/", []),
])  # fmt: skip
def test_nearest(name, expected):
    """Slugs are compared first, then topics; parts of names and case do not matter."""
    assert nearest(name, IDS) == expected


def test_at_most():
    """No more are offered than asked for."""
    assert len(nearest("x-item", [f"t/x-item-{i}" for i in range(50)])) == 3
