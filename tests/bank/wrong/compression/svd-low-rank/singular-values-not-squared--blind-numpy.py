# llmprep: compression/svd-low-rank
import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Two thin factors of w from its truncated SVD."""
    matrix = np.array(w, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape or not np.isfinite(matrix).all():
        raise ValueError("w must be a finite, non-empty matrix")
    if (rank is not None) + (max_error is not None) != 1:
        raise ValueError("exactly one of rank and max_error")

    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    full = len(values)
    total = values.sum()
    dropped = np.array([values[r:].sum() for r in range(full + 1)])
    relative = dropped / total if total > 0 else np.zeros(full + 1)

    if rank is not None:
        if rank < 1 or rank > full:
            raise ValueError("rank must be in 1..min(m, n)")
    else:
        if np.isnan(max_error) or max_error < 0:
            raise ValueError("max_error must be >= 0")
        rank = next(r for r in range(1, full + 1) if relative[r] <= max_error)

    root = np.sqrt(values[:rank])
    a = left[:, :rank] * root
    b = root[:, None] * right[:rank]
    top = np.take_along_axis(left, np.abs(left).argmax(axis=0)[None], axis=0)[0, :rank]
    flip = np.where(top < 0, -1.0, 1.0)
    return a * flip, flip[:, None] * b, matrix.size - a.size - b.size, float(relative[rank])
