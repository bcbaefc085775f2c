# llmprep: compression/per-channel-quantize
import numpy as np


def per_channel_quantize(w, x, axis=1):
    """Per-channel int8 codes of w, their scales, and the output error against one scale for all."""
    w = np.array(w, dtype=np.float64)
    x = np.array(x, dtype=np.float64)
    if w.ndim != 2 or x.ndim != 2 or 0 in w.shape + x.shape or w.shape[0] != x.shape[1]:
        raise ValueError("bad shapes")
    if axis not in range(-2, 2):
        raise ValueError("bad axis")
    if not np.isfinite(w).all() or not np.isfinite(x).all():
        raise ValueError("not finite")

    exact = x @ w

    def quantize(extreme):
        step = extreme / 127
        step[step == 0] = 1.0
        codes = np.round(w / step).clip(-127, 127)
        gap = x @ (codes * step) - exact
        return codes.astype(np.int8), step, float(np.sqrt(np.mean(gap**2)))

    magnitude = np.abs(w)
    q, scale, rmse = quantize(magnitude.max(axis=axis, keepdims=True))
    _, _, rmse_per_tensor = quantize(magnitude.max(keepdims=True))
    return q, scale.reshape(-1), rmse, rmse_per_tensor
