"""Laws: the parameters are those of torch's min-max observer, the codes and values those of torch's quantizers."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
observer = pytest.importorskip("torch.ao.quantization.observer")

EXERCISE = "compression/affine-quantize"
DTYPES = {"uint8": torch.quint8, "int8": torch.qint8}
pytestmark = pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor:UserWarning")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shift", [-6.0, -0.7, 0.0, 0.9, 8.0])
@pytest.mark.parametrize("seed", range(10))
def test_the_observer_agrees(reference, dtype, shift, seed):
    """Data on both sides of zero or on one. The observer computes in float32, so a code within 1e-3 of a tie may differ
    by one; its own floor for the scale, 1.2e-7 where the exercise has 1.0 for an empty range, is not reached.
    """
    rng = np.random.default_rng(seed)
    x = (rng.normal(size=(5, 7)) + shift).astype(np.float32)
    watch = observer.MinMaxObserver(dtype=DTYPES[dtype], qscheme=torch.per_tensor_affine)
    watch(torch.tensor(x))
    want_scale, want_zero = (value.item() for value in watch.calculate_qparams())
    want = torch.quantize_per_tensor(torch.tensor(x), want_scale, want_zero, DTYPES[dtype])

    q, scale, zero_point, x_hat = reference(x, dtype=dtype)
    assert scale == pytest.approx(want_scale, rel=1e-6)
    tie = abs(min(x.min(), 0) / scale % 1 - 0.5) < 1e-3
    assert zero_point == want_zero or tie
    clear = (np.abs(x / scale % 1 - 0.5) > 1e-3) & (not tie)
    assert tie or clear.mean() > 0.9
    np.testing.assert_array_equal(q[clear], want.int_repr().numpy()[clear])
    np.testing.assert_allclose(x_hat[clear], want.dequantize().numpy()[clear], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("dtype", "low"), [("uint8", 0), ("int8", -128)])
@pytest.mark.parametrize("from_low", [0, 1, 54, 55, 128, 254, 255])
@pytest.mark.parametrize("exponent", [-9, 0, 6])
def test_torch_rounds_alike_on_an_exact_grid(reference, dtype, low, from_low, exponent):
    """Quarters of a power of two, far out of the range on both sides. fake_quantize adds the zero-point after rounding,
    as the exercise does, and agrees everywhere. quantize_per_tensor adds it before, which at a tie makes a difference
    of one just where the zero-point is odd.
    """
    step, zero = 2.0**exponent, low + from_low
    x = np.arange(-1600, 1600, dtype=np.float32) / 4 * step
    q, scale, zero_point, x_hat = reference(x, dtype=dtype, x_range=(-from_low * step, (255 - from_low) * step))
    assert (scale, zero_point) == (step, zero)

    faked = torch.fake_quantize_per_tensor_affine(torch.tensor(x), step, zero, low, low + 255)
    np.testing.assert_array_equal(x_hat, faked.numpy())

    codes = torch.quantize_per_tensor(torch.tensor(x), step, zero, DTYPES[dtype]).int_repr().numpy().astype(int)
    differ = codes != q
    inside = (x / step + zero > low) & (x / step + zero < low + 255)
    if zero % 2:
        assert differ[inside].tolist() == (x[inside] / step % 1 == 0.5).tolist()
        assert (np.abs(codes - q)[differ] == 1).all()
    else:
        assert not differ.any()
