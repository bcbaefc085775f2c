"""Law: loss and gradient are autograd's of torch's cross-entropy and of its KL divergence times T squared."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
functional = pytest.importorskip("torch.nn.functional")

EXERCISE = "compression/distillation-loss"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0, 20.0])
@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("scale", [1.0, 30.0, 1e4])
def test_autograd_agrees(reference, dtype, temperature, alpha, scale):
    """Small and extreme logits, and classes that the teacher rules out; torch divides by the batch in `batchmean`."""
    rng = np.random.default_rng(int(scale * temperature))
    for _ in range(4):
        b, c = rng.integers(1, 9, size=2)
        student, teacher = (scale * rng.uniform(-1, 1, size=(2, b, c))).astype(dtype)
        teacher[:, 1:][rng.random((b, c - 1)) < 0.3] = -np.inf
        labels = rng.integers(c, size=b)

        leaf = torch.tensor(student, dtype=torch.float64, requires_grad=True)
        hard = functional.cross_entropy(leaf, torch.tensor(labels))
        p = (torch.tensor(teacher, dtype=torch.float64) / temperature).softmax(dim=1)
        soft = functional.kl_div((leaf / temperature).log_softmax(dim=1), p, reduction="batchmean")
        want = alpha * hard + (1 - alpha) * temperature**2 * soft
        want.backward()

        loss, grad = reference(student, teacher, labels, temperature=temperature, alpha=alpha)
        assert loss == pytest.approx(want.item(), rel=1e-9, abs=1e-10)
        np.testing.assert_allclose(grad, leaf.grad.numpy(), rtol=1e-9, atol=1e-11)
