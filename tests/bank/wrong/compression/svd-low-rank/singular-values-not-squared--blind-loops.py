# llmprep: compression/svd-low-rank
import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Truncated SVD factors."""
    w = np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or 0 in w.shape or not np.all(np.isfinite(w)):
        raise ValueError("w")
    if (rank is not None) + (max_error is not None) != 1:
        raise ValueError("rank or max_error")
    k = min(w.shape)
    if rank is not None and (rank < 1 or rank > k):
        raise ValueError("rank")
    if max_error is not None and (np.isnan(max_error) or max_error < 0):
        raise ValueError("max_error")
    size = np.abs(w).max()
    size = size if size > 0 else 1.0
    U, S, Vt = np.linalg.svd(w / size, full_matrices=False)
    total = S.sum()
    errors = np.array([S[r:].sum() / total if total > 0 else 0.0 for r in range(1, k + 1)])
    if rank is None:
        rank = 1 + int(np.argmax(errors <= max_error))
    U, Vt = U[:, :rank], Vt[:rank]
    top = U[np.abs(U).argmax(axis=0), np.arange(rank)]
    flip = np.where(top < 0, -1.0, 1.0)
    root = np.sqrt(S[:rank]) * np.sqrt(size)
    a = U * (root * flip)
    b = Vt * (root * flip)[:, None]
    return a, b, int(w.size - a.size - b.size), float(errors[rank - 1])
