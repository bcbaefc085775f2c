"""Laws: torch's dropout passes the exercise's judgement of distributions, as the reference does; the output and the
gradient that belong to the reference's mask are those of torch's kernel.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "optimization/inverted-dropout"


def torch_dropout(x, p, rng, training=True):
    """The exercise's function by torch, seeded from the generator; its mask is read off its gradient."""
    if training:
        torch.manual_seed(int(rng.integers(2**32)))
    leaf = torch.tensor(np.ascontiguousarray(x), requires_grad=True)
    out = torch.nn.functional.dropout(leaf, p, training=training)
    out.backward(torch.ones_like(out))
    return out.detach().numpy(), leaf.grad.numpy() != 0


@pytest.mark.parametrize("seed", range(5))
def test_torchs_dropout_is_accepted(judged, seed):
    assert judged(torch_dropout, seed) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_reference_is_accepted_whatever_the_seed(reference, judged, seed):
    assert judged(reference, seed) == []


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(7,), (4, 5), (2, 3, 4), (0, 3)])
def test_torchs_kernel_agrees_given_the_mask(reference, p, dtype, shape):
    """Dropout is linear given its mask, and its own gradient: torch's backward kernel, with the reference's mask and
    the factor 1 / (1 - p), makes the reference's output of x, and the prompt's gradient of any other array.
    """
    rng = np.random.default_rng(int(10 * p))
    x, grad = rng.normal(size=(2, *shape)).astype(dtype)
    out, mask = reference(x, p, np.random.default_rng(1))
    for value, got in ((x, out), (grad, grad * mask / (1 - p))):
        want = torch.ops.aten.native_dropout_backward(torch.tensor(value), torch.tensor(mask), 1 / (1 - p)).numpy()
        np.testing.assert_allclose(got, want, rtol=1e-6, strict=True)


@pytest.mark.parametrize(("p", "training"), [(0.0, True), (1.0, True), (0.3, False), (0.0, False), (1.0, False)])
def test_torch_agrees_where_nothing_is_drawn(reference, p, training):
    x = np.random.default_rng(0).normal(size=(4, 6))
    out, mask = reference(x, p, np.random.default_rng(1), training=training)
    want, want_mask = torch_dropout(x, p, np.random.default_rng(1), training=training)
    np.testing.assert_array_equal(out, want)
    np.testing.assert_array_equal(mask, want_mask)
