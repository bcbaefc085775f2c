"""Law: a run of the reference is a run of torch's GradScaler with plain SGD, step by step."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "optimization/dynamic-loss-scaler"
OUT_OF_REACH = (1e-300, 1e300)
LEARNING_RATE = 0.01
SHAPES = [(3, 2), (4,), ()]


def run(reference, gradients, bounds, **options):
    """Hold both to the same scaled gradients; torch's scaler refuses float16 ones, so it is given them in float32.

    Args:
        reference: The exercise's class.
        gradients: Functions from the scale to the scaled gradients of a step.
        bounds: The least and the largest scale. torch has none: it is told the nearest bound where it passes one.
        options: The scaler's others.

    Returns:
        Which of the steps were taken.
    """
    names = ("init_scale", "growth_factor", "backoff_factor", "growth_interval")
    torch_scaler = torch.amp.GradScaler("cpu", **{name: options[name] for name in names})
    scaler = reference(min_scale=bounds[0], max_scale=bounds[1], **options)
    rng = np.random.default_rng(0)
    params = [rng.normal(size=shape).astype(np.float32) for shape in SHAPES]
    leaves = [torch.nn.Parameter(torch.tensor(param)) for param in params]
    optimizer = torch.optim.SGD(leaves, lr=LEARNING_RATE)
    steps, record = [], []
    optimizer.register_step_post_hook(lambda *_: steps.append(len(record)))
    for make in gradients:
        grads = make(scaler.scale)
        loss = float(rng.normal())
        assert scaler.scale_loss(loss) == pytest.approx(torch_scaler.scale(torch.tensor(loss)).item(), rel=1e-5)
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = torch.tensor(grad.astype(np.float32))
        unscaled = scaler.unscale(grads)
        torch_scaler.unscale_(optimizer)
        for got, leaf in zip(unscaled, leaves, strict=True):
            np.testing.assert_allclose(got, leaf.grad.numpy(), rtol=1e-5, atol=1e-30)
        torch_scaler.step(optimizer)
        torch_scaler.update()
        if not bounds[0] <= torch_scaler.get_scale() <= bounds[1]:
            torch_scaler.update(float(np.clip(torch_scaler.get_scale(), *bounds)))

        params, taken = scaler.step(params, grads, LEARNING_RATE)
        assert taken == (len(record) in steps)
        for got, leaf in zip(params, leaves, strict=True):
            np.testing.assert_allclose(got, leaf.detach().numpy(), rtol=1e-5, atol=1e-6)
        assert scaler.scale == pytest.approx(torch_scaler.get_scale(), rel=1e-5)
        assert scaler.good_steps == torch_scaler._get_growth_tracker()
        record.append(taken)
    return record


@pytest.mark.parametrize(("growth_factor", "backoff_factor"), [(2.0, 0.5), (1.7, 0.3), (8.0, 0.25)])
@pytest.mark.parametrize("growth_interval", [1, 2, 5])
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("bounds", [OUT_OF_REACH, (300.0, 3000.0)])
@pytest.mark.parametrize("seed", range(4))
def test_torch_agrees(reference, growth_factor, backoff_factor, growth_interval, dtype, bounds, seed):
    """Sixty steps, some with an infinity or a NaN in one element of one gradient; in float16 the growing scale brings
    overflow of itself.
    """
    rng = np.random.default_rng(seed)

    def make(scale):
        with np.errstate(over="ignore", under="ignore"):
            grads = [np.asarray(rng.normal(size=shape) * scale, dtype=dtype) for shape in SHAPES]
        if rng.random() < 0.3:
            grads[rng.integers(len(grads))].flat[0] = rng.choice([np.inf, -np.inf, np.nan])
        return grads

    options = {"growth_factor": growth_factor, "backoff_factor": backoff_factor, "growth_interval": growth_interval}
    taken = run(reference, [make] * 60, bounds, init_scale=1024.0, **options)
    assert set(taken) == {True, False}


def test_a_gradient_that_overflows_only_when_unscaled_is_a_step(reference):
    """The gradients are judged as they come in; divided by a scale below 1 a finite one may overflow."""
    grads = [np.full(shape, 3e38, dtype=np.float32) for shape in SHAPES]
    with np.errstate(over="ignore"):
        options = {"growth_factor": 2.0, "backoff_factor": 0.5, "growth_interval": 3}
        assert run(reference, [lambda _: grads], OUT_OF_REACH, init_scale=0.25, **options) == [True]
