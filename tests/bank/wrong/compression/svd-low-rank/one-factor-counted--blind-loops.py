# llmprep: compression/svd-low-rank
import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Truncated SVD factors."""
    w = np.array(w, dtype=float)
    if w.ndim != 2 or w.size == 0:
        raise ValueError("matrix expected")
    if np.isnan(w).any() or np.isinf(w).any():
        raise ValueError("finite values expected")
    if rank is None and max_error is None or rank is not None and max_error is not None:
        raise ValueError("one of the two")
    m, n = w.shape
    full = min(m, n)
    if rank is not None:
        if rank not in range(1, full + 1):
            raise ValueError("rank")
    elif not max_error >= 0:
        raise ValueError("budget")

    unit = float(np.max(np.abs(w))) or 1.0
    u, s, vh = np.linalg.svd(w / unit, full_matrices=False)
    energy = s**2
    # lost[r] = energy of everything behind the first r, added from the small end
    lost = np.concatenate([np.cumsum(energy[::-1])[::-1], [0.0]])
    error = np.sqrt(lost / lost[0]) if lost[0] > 0 else np.zeros(full + 1)
    r = rank
    if r is None:
        r = next(i for i in range(1, full + 1) if error[i] <= max_error)
    a = np.zeros((m, r))
    b = np.zeros((r, n))
    for i in range(r):
        col, row = u[:, i], vh[i]
        if col[np.argmax(np.abs(col))] < 0:
            col, row = -col, -row
        weight = s[i] ** 0.5 * unit**0.5
        a[:, i] = weight * col
        b[i] = weight * row
    return a, b, m * n - m * r, float(error[r])
