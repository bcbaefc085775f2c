# llmprep: compression/svd-low-rank
import math

import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Factor w by its truncated SVD, at a rank or within an error budget; gives (a, b, saved, error)."""
    w = np.array(w, dtype=np.float64)
    if w.ndim != 2 or w.size == 0 or not np.isfinite(w).all():
        raise ValueError("w must be a non-empty finite matrix")
    if (rank is None) == (max_error is None):
        raise ValueError("give exactly one of rank and max_error")
    m, n = w.shape
    k = min(m, n)
    if rank is not None and not 1 <= rank <= k:
        raise ValueError("rank must be from 1 to min(m, n)")
    if max_error is not None and not max_error >= 0:
        raise ValueError("max_error must be non-negative")

    # a power of two brings the elements near 1 without rounding them
    top = float(np.abs(w).max())
    exponent = math.frexp(top)[1] if top > 0 else 0
    u, sigma, vt = np.linalg.svd(np.ldexp(w, -exponent), full_matrices=False)
    sigma = [float(s) for s in sigma]
    whole = math.hypot(*sigma)

    def error_at(r):
        if r == k or whole == 0.0:
            return 0.0
        return math.hypot(*sigma[r:]) / whole

    if rank is not None:
        r = int(rank)
    else:
        r = 1
        while error_at(r) > max_error:
            r += 1

    a = np.empty((m, r), dtype=np.float64)
    b = np.empty((r, n), dtype=np.float64)
    for i in range(r):
        root = math.sqrt(math.ldexp(sigma[i], exponent))
        peak = 0
        for row in range(m):
            if abs(u[row, i]) > abs(u[peak, i]):
                peak = row
        if u[peak, i] < 0:
            root_a, root_b = -root, -root
        else:
            root_a, root_b = root, root
        for row in range(m):
            a[row, i] = root_a * u[row, i]
        for col in range(n):
            b[i, col] = root_b * vt[i, col]
    return a, b, m * n - r * (m + n), error_at(r)
