import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    w = np.array(w, dtype=float)
    if w.ndim != 2 or 0 in w.shape or not np.all(np.isfinite(w)) or (rank is not None) == (max_error is not None):
        raise ValueError
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    parts = S / S[0] if S[0] else S
    total = np.linalg.norm(parts)
    err = [np.linalg.norm(parts[r:]) / total if total else 0.0 for r in range(len(S) + 1)]
    if rank is None:
        if np.isnan(max_error) or max_error < 0:
            raise ValueError
        rank = 1
        while err[rank] > max_error:
            rank += 1
    if rank < 1 or rank > len(S):
        raise ValueError
    A = U[:, :rank] * np.sqrt(S[:rank])
    B = Vt[:rank] * np.sqrt(S[:rank])[:, None]
    for k in range(rank):
        j = np.argmax(np.abs(A[:, k]))
        sign = np.sign(A[j, k])
        A[:, k] *= sign
        B[k] *= sign
    m, n = w.shape
    return A, B, m * n - rank * (m + n), err[rank]
