"""Laws: the raw product is that of torch's integer kernel; the output is that of torch's quantized linear layer, and
the quantized product of the dequantized matrices.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "compression/int8-matmul"
pytestmark = pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor:UserWarning")


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_the_product_of_dequantized_matrices_agrees(reference, with_bias, seed):
    """Scales are powers of two, so that float64 is exact and every tie a tie; the codes take all 256 values."""
    rng = np.random.default_rng(seed)
    m, k, n = rng.integers(1, 40, size=3)
    a, b = (rng.integers(-128, 128, size=shape, dtype=np.int8) for shape in ((m, k), (k, n)))
    (a_zero, b_zero, y_zero) = rng.integers(-128, 128, size=3).tolist()
    a_scale, b_scale = (2.0 ** rng.integers(-8, 8, size=2)).tolist()
    y_scale = a_scale * b_scale * 2.0 ** rng.integers(8, 13)
    bias = rng.integers(-5000, 5000, size=n, dtype=np.int32) if with_bias else None
    raw, acc, y = reference(a, b, (a_scale, a_zero), (b_scale, b_zero), (y_scale, y_zero), bias=bias)

    a_real, b_real = (torch.tensor(a).double() - a_zero) * a_scale, (torch.tensor(b).double() - b_zero) * b_scale
    real = a_real @ b_real + (0 if bias is None else torch.tensor(bias) * (a_scale * b_scale))
    np.testing.assert_array_equal(raw, torch._int_mm(torch.tensor(a), torch.tensor(b)).numpy())
    np.testing.assert_array_equal(acc * (a_scale * b_scale), real.numpy())
    faked = torch.fake_quantize_per_tensor_affine(real, y_scale, y_zero, -128, 127)
    np.testing.assert_array_equal((y.astype(float) - y_zero) * y_scale, faked.numpy())
    assert (raw.dtype, acc.dtype, y.dtype) == (np.int32, np.int32, np.int8)


@pytest.mark.parametrize(("low", "high"), [(-128, -127), (126, 128), (-128, 128)])
def test_long_sums_are_those_of_the_integer_kernel(reference, low, high):
    """Thirty thousand products, whose sum float32 does not hold; without zero-points `acc` is the same."""
    rng = np.random.default_rng(0)
    a, b = (rng.integers(low, high, size=shape, dtype=np.int8) for shape in ((3, 30_000), (30_000, 2)))
    want = torch._int_mm(torch.tensor(a), torch.tensor(b)).numpy()
    raw, acc, _ = reference(a, b, (0.5, 0), (0.5, 0), (1e6, 0))
    np.testing.assert_array_equal(raw, want)
    np.testing.assert_array_equal(acc, want)


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_the_quantized_linear_layer_agrees(reference, with_bias, seed):
    """Any scales. The layer takes unsigned activations and gives an unsigned output, so codes and zero-points are moved
    by 128; its kernel may add pairs of products in 16 bits, so the weights' codes lie in -64 to 63; it requantizes in
    float32, so an output within 1e-3 of a tie is not compared.
    """
    rng = np.random.default_rng(seed)
    m, k, n = rng.integers(1, 40, size=3)
    a = rng.integers(-128, 128, size=(m, k), dtype=np.int8)
    b = rng.integers(-64, 64, size=(k, n), dtype=np.int8)
    a_zero, b_zero, y_zero = (*rng.integers(-100, 100, size=1).tolist(), *rng.integers(-20, 20, size=2).tolist())
    a_scale, b_scale = (float(np.float32(scale)) for scale in rng.uniform(0.01, 0.1, size=2))
    y_scale = float(np.float32(a_scale * b_scale * 40 * np.sqrt(k)))
    bias = rng.integers(-5000, 5000, size=n, dtype=np.int32) if with_bias else None
    _, acc, y = reference(a, b, (a_scale, a_zero), (b_scale, b_zero), (y_scale, y_zero), bias=bias)

    activations = torch._make_per_tensor_quantized_tensor(
        torch.tensor(a.astype(np.int16) + 128).to(torch.uint8), a_scale, a_zero + 128
    )
    weight = torch._make_per_tensor_quantized_tensor(torch.tensor(b.T.copy()), b_scale, b_zero)
    packed = torch.ops.quantized.linear_prepack(
        weight, None if bias is None else torch.tensor(bias * a_scale * b_scale, dtype=torch.float32)
    )
    want = torch.ops.quantized.linear(activations, packed, y_scale, y_zero + 128).int_repr().numpy().astype(int) - 128
    clear = np.abs(acc * (a_scale * b_scale / y_scale) % 1 - 0.5) > 1e-3
    assert clear.mean() > 0.9 or clear.size < 20
    np.testing.assert_array_equal(y[clear], want[clear])
