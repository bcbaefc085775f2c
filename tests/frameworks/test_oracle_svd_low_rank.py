"""Laws: the factors are torch's singular vectors with scikit-learn's choice of signs; the error is that of mpmath's
singular values at fifty digits.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
mpmath = pytest.importorskip("mpmath")
extmath = pytest.importorskip("sklearn.utils.extmath")

EXERCISE = "compression/svd-low-rank"


@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (6, 1), (5, 5), (4, 9), (9, 4)])
@pytest.mark.parametrize("seed", range(4))
def test_the_factors_agree(reference, shape, seed):
    """Normal matrices, whose singular values are apart, at every rank."""
    w = np.random.default_rng(seed).normal(size=shape)
    u, s, vt = torch.linalg.svd(torch.tensor(w), full_matrices=False)
    u, vt = extmath.svd_flip(u.numpy(), vt.numpy(), u_based_decision=True)
    for rank in range(1, min(shape) + 1):
        a, b, saved, error = reference(w, rank=rank)
        root = s[:rank].sqrt().numpy()
        np.testing.assert_allclose(a, u[:, :rank] * root, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(b, root[:, None] * vt[:rank], rtol=1e-8, atol=1e-10)
        assert saved == w.size - rank * sum(shape)
        lost = torch.linalg.matrix_norm(torch.tensor(w - a @ b)) / torch.linalg.matrix_norm(torch.tensor(w))
        assert error == pytest.approx(lost.item(), rel=1e-8, abs=1e-14)


@pytest.mark.parametrize("magnitude", [1e-200, 1.0, 1e200])
@pytest.mark.parametrize("decay", [0.5, 1e-3])
@pytest.mark.parametrize("seed", range(3))
def test_errors_and_budgets_agree_with_fifty_digits(reference, magnitude, decay, seed):
    """Down to errors of 1e-9, and with budgets a tenth above and below each error, in matrices of any magnitude."""
    rng = np.random.default_rng(seed)
    left, right = (np.linalg.qr(rng.normal(size=(n, 4)))[0] for n in (7, 5))
    w = (left * decay ** np.arange(4)) @ right.T * magnitude
    with mpmath.workdps(50):
        s = mpmath.svd_r(mpmath.matrix(w.tolist()), compute_uv=False)
        squares = [float((value / s[0]) ** 2) for value in s]
    want = [np.sqrt(sum(squares[r:]) / sum(squares)) for r in range(1, 4)]
    for rank, error in enumerate(want, start=1):
        assert reference(w, rank=rank)[3] == pytest.approx(error, rel=1e-6, abs=1e-15)
        assert reference(w, max_error=1.1 * error)[0].shape[1] == rank
        assert reference(w, max_error=0.9 * error)[0].shape[1] == rank + 1
