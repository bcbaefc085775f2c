# mistake: zero-channel-divides
# A channel of zeros has scale 0.
import numpy as np


def symmetric_int8(w, axis):
    """Quantize w with one scale for all that is reduced over `axis`."""
    peak = np.abs(w).max(axis=axis, keepdims=True)
    scale = peak / 127
    return np.round(w / np.where(peak > 0, scale, 1.0)).astype(np.int8), scale


def per_channel_quantize(w, x, axis=1):
    """Return (q, scale, rmse, rmse_per_tensor) for int8 weights w with one scale per index of axis."""
    w = np.asarray(w, dtype=np.float64)  # and so every product with x is float64
    if w.ndim != 2 or x.ndim != 2 or x.shape[1] != w.shape[0] or 0 in w.shape + x.shape:
        raise ValueError("x must be (B, D_in) and w (D_in, D_out), neither of them empty")
    if axis not in (-2, -1, 0, 1):
        raise ValueError("w has two axes")
    if not (np.isfinite(w).all() and np.isfinite(x).all()):
        raise ValueError("w and x must be finite")

    def rmse(q, scale):
        return float(np.sqrt(np.mean((x @ (q * scale) - x @ w) ** 2)))

    q, scale = symmetric_int8(w, axis=1 - axis % 2)  # reduce over the axis that is not the channels'
    return q, scale.ravel(), rmse(q, scale), rmse(*symmetric_int8(w, axis=None))