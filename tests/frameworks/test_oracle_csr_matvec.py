"""Law: what the reference stores and multiplies is what SciPy's CSR matrix stores and multiplies."""

import numpy as np
import pytest

sparse = pytest.importorskip("scipy.sparse")

EXERCISE = "compression/csr-matvec"
DTYPES = [np.float32, np.float64, np.int64]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (7, 4), (20, 30)])
@pytest.mark.parametrize("density", [0.0, 0.2, 1.0])
def test_the_stored_arrays_agree(reference, dtype, shape, density):
    """Empty rows and sides; among floats also the smallest there are, NaN and a negative zero."""
    rng = np.random.default_rng(shape[0])
    dense = (rng.integers(1, 9, size=shape) * (rng.random(shape) < density)).astype(dtype)
    if dtype != np.int64 and dense.size > 3:
        dense.flat[:4] = [np.nan, -0.0, np.finfo(dtype).smallest_subnormal, -np.inf]
    want = sparse.csr_array(dense)
    data, indices, indptr = reference().encode(dense)
    np.testing.assert_array_equal(data, want.data)
    assert data.dtype == dtype
    assert (indices.tolist(), indptr.tolist()) == (want.indices.tolist(), want.indptr.tolist())
    assert (indices.dtype, indptr.dtype) == (np.int64, np.int64)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("x_dtype", DTYPES)
@pytest.mark.parametrize("width", [None, 0, 1, 5])
@pytest.mark.parametrize("seed", range(4))
def test_products_agree(reference, dtype, x_dtype, width, seed):
    """Columns in any order, some of them twice in a row, stored zeros and empty rows. SciPy multiplies in the inputs'
    common dtype, so it is given float64.
    """
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 30, size=2)
    counts = rng.integers(0, 2 * n, size=m) * (rng.random(m) < 0.7)
    indptr = np.concatenate(([0], np.cumsum(counts)))
    indices = rng.integers(n, size=indptr[-1])
    data = (rng.normal(size=indptr[-1]) * 9).round(seed).astype(dtype)
    x = (rng.normal(size=n if width is None else (n, width)) * 9).astype(x_dtype)
    want = sparse.csr_array((data.astype(np.float64), indices, indptr), shape=(m, n)) @ x.astype(np.float64)
    got = reference().matmul(data, indices, indptr, x)
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-10, strict=True)
