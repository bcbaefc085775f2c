"""Law: the reference's loss and gradients are those of torch's autograd."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "foundations/backprop-mlp"


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("scale", [1.0, 30.0, 3e3])
@pytest.mark.parametrize("seed", range(5))
def test_autograd_agrees(reference, activation, scale, seed):
    """Loss and every gradient, for small and for extreme logits."""
    rng = np.random.default_rng(seed)
    b, d, h, c = rng.integers(1, 9, size=4)
    params = {
        "w1": rng.normal(size=(d, h)),
        "b1": rng.normal(size=h),
        "w2": scale * rng.normal(size=(h, c)),
        "b2": rng.normal(size=c),
    }
    x, y = rng.normal(size=(b, d)), rng.integers(c, size=b)

    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    hidden = getattr(torch, activation)(torch.tensor(x) @ leaves["w1"] + leaves["b1"])
    loss = torch.nn.functional.cross_entropy(hidden @ leaves["w2"] + leaves["b2"], torch.tensor(y))
    loss.backward()

    got_loss, got = reference(x, y, params, activation=activation)
    np.testing.assert_allclose(got_loss, loss.item(), rtol=1e-10, atol=1e-14)
    for name, leaf in leaves.items():
        want = leaf.grad.numpy()
        np.testing.assert_allclose(got[name], want, rtol=1e-9, atol=1e-11 * max(np.abs(want).max(), 1e-3))
