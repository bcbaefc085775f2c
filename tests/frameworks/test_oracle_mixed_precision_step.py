"""Law: twenty steps of the reference are torch's SGD on float32 parameters whose loss is computed in float16."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "optimization/mixed-precision-step"


@pytest.mark.parametrize("scale", [1.0, 1024.0, 2.0**14, 2.0**24])
@pytest.mark.parametrize("seed", range(4))
def test_torch_agrees(reference, scale, seed):
    """The float16 pass is torch's own in both; the scaler's unscaling, its skip and the update are what is compared."""
    rng = np.random.default_rng(seed)
    x = torch.tensor(rng.normal(size=(8, 3)), dtype=torch.float16)
    y = torch.tensor(rng.normal(size=(8, 2)), dtype=torch.float16)
    master = [rng.normal(size=(3, 2)).astype(np.float32), rng.normal(size=2).astype(np.float32)]

    def loss_of(w, b):
        return ((x @ w + b - y).float() ** 2).mean()

    def grad_fn(weights, loss_scale):
        leaves = [torch.tensor(w, requires_grad=True) for w in weights]
        (loss_of(*leaves) * loss_scale).backward()
        return [leaf.grad.numpy() for leaf in leaves]

    params = [torch.tensor(m, requires_grad=True) for m in master]
    optimizer = torch.optim.SGD(params, lr=0.0625)
    for _ in range(20):
        scaler = torch.amp.GradScaler("cpu", init_scale=scale)
        optimizer.zero_grad()
        before = [p.detach().clone() for p in params]
        scaler.scale(loss_of(*[p.half() for p in params])).backward()
        scaler.step(optimizer)
        master, weights, taken = reference(master, grad_fn, 0.0625, scale)
        assert taken == any(not torch.equal(p, b) for p, b in zip(params, before, strict=True))
        for got, half, want in zip(master, weights, params, strict=True):
            np.testing.assert_allclose(got, want.detach().numpy(), rtol=3e-7, atol=1e-7)
            np.testing.assert_array_equal(half, got.astype(np.float16))
    assert taken == (scale < 2.0**20)
