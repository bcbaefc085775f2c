import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    w = np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or w.size == 0 or not np.isfinite(w).all():
        raise ValueError
    if rank is None and max_error is None or rank is not None and max_error is not None:
        raise ValueError
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    n = len(s)
    scaled = s / s[0] if s[0] else s
    energy = np.array([(scaled[r:] ** 2).sum() for r in range(n + 1)])
    rel = energy / energy[0] if energy[0] else energy
    if max_error is not None:
        if not max_error >= 0:
            raise ValueError
        rank = next(r for r in range(1, n + 1) if rel[r] <= max_error)
    if not (1 <= rank <= n):
        raise ValueError
    a = u[:, :rank] @ np.diag(np.sqrt(s[:rank]))
    b = np.diag(np.sqrt(s[:rank])) @ vt[:rank]
    signs = np.array([np.sign(col[np.argmax(np.abs(col))]) for col in a.T])
    return a * signs, b * signs[:, None], w.size - a.size - b.size, rel[rank]
