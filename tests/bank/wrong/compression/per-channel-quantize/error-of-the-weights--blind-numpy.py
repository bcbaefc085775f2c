# llmprep: compression/per-channel-quantize
import numpy as np


def per_channel_quantize(w, x, axis=1):
    """Quantize w channel by channel; also report the error with and without separate scales."""
    if axis not in {-2, -1, 0, 1}:
        raise ValueError("axis out of range")
    weights, inputs = (np.asarray(v).astype(np.float64) for v in (w, x))
    if weights.ndim != 2 or inputs.ndim != 2 or not weights.size or not inputs.size:
        raise ValueError("need two non-empty matrices")
    if inputs.shape[1] != weights.shape[0]:
        raise ValueError("x @ w is not defined")
    if not (np.isfinite(weights).all() and np.isfinite(inputs).all()):
        raise ValueError("need finite values")

    channels = np.moveaxis(weights, axis, 0)  # one channel per row
    scale = np.linalg.norm(channels, ord=np.inf, axis=1) / 127
    scale[scale == 0] = 1.0
    codes = np.rint(channels / scale[:, None])
    one_scale = np.abs(weights).max() / 127 or 1.0

    rmse = np.sqrt(np.mean((codes * scale[:, None] - channels) ** 2))
    rmse_per_tensor = np.sqrt(np.mean((np.rint(weights / one_scale) * one_scale - weights) ** 2))
    return np.moveaxis(codes, 0, axis).astype(np.int8), scale, float(rmse), float(rmse_per_tensor)
