# llmprep: compression/svd-low-rank
import numpy as np


def svd_low_rank(w, rank=None, max_error=None):
    """Best low-rank factors of a weight matrix, by rank or by error budget."""
    w = np.asarray(w).astype(np.float64)
    if w.ndim != 2 or w.size == 0 or not np.all(np.isfinite(w)):
        raise ValueError("bad w")
    largest_rank = min(w.shape)
    if rank is None and max_error is None or rank is not None and max_error is not None:
        raise ValueError("rank or max_error, not both")
    if rank is not None and not 0 < rank <= largest_rank:
        raise ValueError("bad rank")
    if max_error is not None and not max_error >= 0.0:
        raise ValueError("bad max_error")

    magnitude = np.max(np.abs(w)) or 1.0
    u, s, vh = np.linalg.svd(w / magnitude, full_matrices=False)
    lost = np.sqrt(np.cumsum(np.square(s[::-1])))[::-1]  # lost[r]: norm of what rank r leaves out
    error = np.zeros(largest_rank)  # error[r - 1] belongs to rank r
    if lost[0] > 0:
        error[:-1] = lost[1:] / lost[0]
    if rank is None:
        rank = int(np.flatnonzero(error <= max_error)[0]) + 1

    u, s, vh = u[:, :rank], s[:rank], vh[:rank]
    biggest = u[np.argmax(np.abs(u), axis=0), range(rank)]
    sign = np.copysign(1.0, biggest)
    half = np.sqrt(s) * np.sqrt(magnitude)
    a = np.einsum("mr,r,r->mr", u, half, sign)
    b = np.einsum("r,r,rn->rn", sign, half, vh)
    return a, b, w.size - a.size, float(error[rank - 1])
