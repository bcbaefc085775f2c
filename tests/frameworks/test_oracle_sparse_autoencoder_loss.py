"""Law: loss and gradients are autograd's of torch's own mean squared error, Bernoulli divergence and norms."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
distributions = pytest.importorskip("torch.distributions")

EXERCISE = "compression/sparse-autoencoder-loss"


def autograd(params, x, rho, beta, weight_decay, eps):
    """The loss and its gradients by torch; `clamp` sends the gradient of a value on its bound, none of one beyond."""
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    x = torch.tensor(x)
    a = torch.sigmoid(x @ leaves["W1"] + leaves["b1"])
    x_hat = a @ leaves["W2"] + leaves["b2"]
    active = distributions.Bernoulli(a.mean(dim=0).clamp(eps, 1 - eps))
    wanted = distributions.Bernoulli(torch.tensor(rho, dtype=torch.float64))
    loss = torch.nn.functional.mse_loss(x_hat, x, reduction="sum") / (2 * len(x))
    loss = loss + beta * distributions.kl_divergence(wanted, active).sum()
    loss = loss + weight_decay / 2 * sum(torch.linalg.matrix_norm(leaves[name]) ** 2 for name in ("W1", "W2"))
    loss.backward()
    return loss.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


def assert_agree(reference, params, x, **options):
    got_loss, got = reference(params, x, **options)
    want_loss, want = autograd(params, x, **options)
    assert got_loss == pytest.approx(want_loss, rel=1e-9)
    assert got.keys() == want.keys()
    for name, grad in want.items():
        np.testing.assert_allclose(got[name], grad, rtol=1e-8, atol=1e-10 * max(np.abs(grad).max(), 1))


@pytest.mark.parametrize("rho", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("scale", [0.3, 3.0, 1e3])
@pytest.mark.parametrize("seed", range(6))
def test_autograd_agrees(reference, rho, scale, seed):
    """Small and saturated units: at the largest scale most means are clipped, or come from units at 0 and 1."""
    rng = np.random.default_rng(seed)
    b, d, h = rng.integers(1, 9, size=3)
    params = {
        "W1": scale * rng.normal(size=(d, h)),
        "b1": scale * rng.normal(size=h),
        "W2": rng.normal(size=(h, d)),
        "b2": rng.normal(size=d),
    }
    x = rng.normal(size=(b, d))
    assert_agree(reference, params, x, rho=rho, beta=3.0, weight_decay=1e-2, eps=1e-6)
    assert_agree(reference, params, x, rho=rho, beta=0.5, weight_decay=0.0, eps=0.2)


@pytest.mark.parametrize("high", [False, True])
def test_a_mean_on_the_bound_sends_its_gradient(reference, high):
    """Two samples with pre-activations 0 and far from 0: the mean is exactly a quarter, or three quarters."""
    w = 1e4 if high else -1e4
    params = {"W1": np.array([[w]]), "b1": np.zeros(1), "W2": np.array([[2.0]]), "b2": np.zeros(1)}
    x = np.array([[0.0], [1.0]])
    assert_agree(reference, params, x, rho=0.1, beta=3.0, weight_decay=1e-4, eps=0.25)
    with_kl, without = (reference(params, x, rho=0.1, beta=beta, eps=0.25)[1]["b1"] for beta in (3.0, 0.0))
    assert abs(with_kl - without) > 0.1
