"""Laws: scales are those of torch's symmetric observers over -127 to 127, codes those of torch's quantizers; the errors
are the mean squared error of torch's linear layers with the dequantized weights.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
observer = pytest.importorskip("torch.ao.quantization.observer")

EXERCISE = "compression/per-channel-quantize"
SYMMETRIC = {"dtype": torch.qint8, "quant_min": -127, "quant_max": 127}
pytestmark = pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor:UserWarning")


def error(x, w, w_hat):
    """The root mean squared error of a linear layer's output, in float64."""
    linear, mse = torch.nn.functional.linear, torch.nn.functional.mse_loss
    x, w, w_hat = (torch.tensor(value, dtype=torch.float64) for value in (x, w, w_hat))
    return mse(linear(x, w_hat.T), linear(x, w.T)).sqrt().item()


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
@pytest.mark.parametrize("seed", range(10))
def test_torch_agrees(reference, axis, seed):
    """Channels of unequal size, none of them zero (there torch takes its floor of 1.2e-7 for the scale). torch
    divides in float32, but no quotient of these seeds is so close to a tie that it shows.
    """
    rng = np.random.default_rng(seed)
    w = rng.normal(size=(12, 9)) * 10 ** rng.uniform(-2, 2, size=(12, 9)[axis]).reshape([(-1, 1), (1, -1)][axis])
    x = rng.normal(size=(5, 12))
    w = w.astype(np.float32)
    q, scale, rmse, rmse_per_tensor = reference(w, x, axis=axis)

    watch = observer.PerChannelMinMaxObserver(ch_axis=axis % 2, qscheme=torch.per_channel_symmetric, **SYMMETRIC)
    watch(torch.tensor(w))
    want_scale, zeros = watch.calculate_qparams()
    np.testing.assert_allclose(scale, want_scale.numpy(), rtol=1e-6)
    codes = torch.quantize_per_channel(torch.tensor(w), want_scale, zeros, axis % 2, torch.qint8).int_repr().numpy()
    np.testing.assert_array_equal(q, codes)
    shape = (-1, 1) if axis % 2 == 0 else (1, -1)
    assert rmse == pytest.approx(error(x, w, codes * scale.reshape(shape)), rel=1e-9)

    watch = observer.MinMaxObserver(qscheme=torch.per_tensor_symmetric, **SYMMETRIC)
    watch(torch.tensor(w))
    whole, _ = watch.calculate_qparams()
    codes = torch.quantize_per_tensor(torch.tensor(w), whole.item(), 0, torch.qint8).int_repr().numpy()
    assert rmse_per_tensor == pytest.approx(error(x, w, codes * (np.abs(w).max().astype(float) / 127)), rel=1e-9)


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("seed", range(5))
def test_torch_agrees_at_ties(reference, axis, seed):
    """Scales that are powers of two and weights that are multiples of half a step: both round ties to even. One channel
    is all zero, with scale 1.
    """
    rng = np.random.default_rng(seed)
    halves = rng.integers(-254, 255, size=(40, 40)).astype(np.float32)
    np.fill_diagonal(halves, 254)  # every row and every column has its peak at code 127
    steps = 2.0 ** rng.integers(-12, 12, size=40)
    steps[7] = 1
    halves[(7, slice(None)) if axis == 0 else (slice(None), 7)] = 0
    w = halves / 2 * (steps[:, None] if axis == 0 else steps)
    q, scale, _, _ = reference(w, np.ones((1, 40)), axis=axis)
    np.testing.assert_array_equal(scale, steps)
    zeros = torch.zeros(40, dtype=torch.int64)
    want = torch.quantize_per_channel(
        torch.tensor(w, dtype=torch.float32), torch.tensor(steps), zeros, axis, torch.qint8
    )
    np.testing.assert_array_equal(q, want.int_repr().numpy())
