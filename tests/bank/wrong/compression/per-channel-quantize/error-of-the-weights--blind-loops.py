# llmprep: compression/per-channel-quantize
import numpy as np


def quantize(mat, reduce_axes):
    s = np.abs(mat).max(axis=reduce_axes, keepdims=True) / 127.0
    s[s == 0] = 1.0
    return np.round(mat / s), s


def error(diff):
    biggest = float(np.max(np.abs(diff)))
    if biggest == 0:
        return 0.0
    return float(biggest * np.linalg.norm(diff / biggest) / np.sqrt(diff.size))


def per_channel_quantize(w, x, axis=1):
    """int8 weights per channel."""
    w = np.array(w, dtype=float)
    x = np.array(x, dtype=float)
    if w.ndim != 2 or x.ndim != 2:
        raise ValueError("2-D arrays only")
    if 0 in w.shape or 0 in x.shape or w.shape[0] != x.shape[1]:
        raise ValueError("sizes")
    if axis not in range(-2, 2):
        raise ValueError("axis")
    if not (np.isfinite(w).all() and np.isfinite(x).all()):
        raise ValueError("finite values only")
    codes, s = quantize(w, 1 - axis % 2)
    rmse = error(s * codes - w)
    codes_all, s_all = quantize(w, (0, 1))
    rmse_all = error(s_all * codes_all - w)
    return codes.astype(np.int8), s.flatten(), rmse, rmse_all
