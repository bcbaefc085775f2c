"""Law: the reference's losses and parameters are autograd's with two optimizers and a detached fake batch."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "gans/gan-train-1d"


@pytest.mark.parametrize("scale", [1.0, 300.0, 1e4])
@pytest.mark.parametrize("seed", range(5))
def test_autograd_agrees(reference, scale, seed):
    """Thirty rounds of both steps, from small or from extreme logits, with batches of unequal size."""
    rng = np.random.default_rng(seed)
    start = rng.normal(size=4) * [1, 1, scale, 1]
    a, b, w, c = params = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in start]
    lr_g, lr_d = 0.2 / scale, 0.3
    gan = reference(*start.tolist(), lr_g=lr_g, lr_d=lr_d)
    opt_g, opt_d = torch.optim.SGD([a, b], lr=lr_g), torch.optim.SGD([w, c], lr=lr_d)
    bce = torch.nn.functional.binary_cross_entropy_with_logits

    for _ in range(30):
        real, z, z2 = (rng.normal(size=n) for n in rng.integers(1, 12, size=3))
        fake = (a * torch.tensor(z) + b).detach()
        on_real, on_fake = w * torch.tensor(real) + c, w * fake + c
        loss = bce(on_real, torch.ones_like(on_real)) + bce(on_fake, torch.zeros_like(on_fake))
        opt_d.zero_grad()
        loss.backward()
        opt_d.step()
        assert gan.discriminator_step(real, z) == pytest.approx(loss.item(), rel=1e-9, abs=1e-12)

        logit = w * (a * torch.tensor(z2) + b) + c
        loss = bce(logit, torch.ones_like(logit))
        opt_g.zero_grad()
        loss.backward()
        opt_g.step()
        assert gan.generator_step(z2) == pytest.approx(loss.item(), rel=1e-9, abs=1e-12)
        np.testing.assert_allclose([gan.a, gan.b, gan.w, gan.c], [p.item() for p in params], rtol=1e-9, atol=1e-9)
