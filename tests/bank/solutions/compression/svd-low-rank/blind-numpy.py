# llmprep: compression/svd-low-rank
import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Factor w as a @ b by truncated SVD, at a given rank or the least rank within max_error.

    Return (a, b, saved, error): (m, r), (r, n), the parameters saved, the relative Frobenius error.
    """
    w = np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or w.size == 0 or not np.isfinite(w).all():
        raise ValueError("w must be a non-empty finite matrix")
    if (rank is None) == (max_error is None):
        raise ValueError("give exactly one of rank and max_error")
    m, n = w.shape
    k = min(m, n)
    if rank is not None and not 1 <= rank <= k:
        raise ValueError("rank out of range")
    if max_error is not None and not max_error >= 0:
        raise ValueError("max_error must be non-negative")

    # Work at magnitude one: squares of 1e200 or 1e-200 would leave the float64 range.
    peak = np.abs(w).max()
    unit = peak if peak > 0 else 1.0
    u, sigma, vt = np.linalg.svd(w / unit, full_matrices=False)

    # tails[r] is the squared norm dropped at rank r, summed from the smallest value up.
    tails = np.append(np.cumsum(sigma[::-1] ** 2)[::-1], 0.0)
    errors = np.sqrt(tails / tails[0]) if tails[0] > 0 else np.zeros(k + 1)
    r = int(rank) if rank is not None else 1 + int(np.argmax(errors[1:] <= max_error))

    u, vt = u[:, :r], vt[:r]
    signs = np.where(u[np.abs(u).argmax(axis=0), np.arange(r)] < 0, -1.0, 1.0)
    roots = np.sqrt(sigma[:r]) * np.sqrt(unit) * signs
    return u * roots, roots[:, None] * vt, m * n - r * (m + n), float(errors[r])
