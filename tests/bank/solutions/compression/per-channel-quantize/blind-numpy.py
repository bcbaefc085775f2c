# llmprep: compression/per-channel-quantize
import numpy as np


def _symmetric_codes(w, axis):
    """Codes (still float64) and broadcastable scales, with the maximum taken over axis."""
    scale = np.abs(w).max(axis=axis, keepdims=True) / 127
    scale = np.where(scale > 0, scale, 1.0)
    return np.rint(w / scale), scale


def _product_rmse(x, delta):
    """Root mean square of x @ delta, safe from overflow and underflow in the square."""
    errors = x @ delta
    peak = np.abs(errors).max()
    return float(peak * np.sqrt(np.mean((errors / peak) ** 2))) if peak > 0 else 0.0


def per_channel_quantize(w, x, axis=1):
    """Symmetric int8 quantization of w by channel; return (q, scale, rmse, rmse_per_tensor)."""
    w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if w.ndim != 2 or x.ndim != 2 or w.size == 0 or x.size == 0 or x.shape[1] != w.shape[0]:
        raise ValueError("w and x must be non-empty matrices that multiply")
    if axis not in (-2, -1, 0, 1):
        raise ValueError("axis must be -2, -1, 0 or 1")
    if not (np.isfinite(w).all() and np.isfinite(x).all()):
        raise ValueError("NaN or infinity")

    codes, scale = _symmetric_codes(w, axis=1 - axis % 2)
    tensor_codes, tensor_scale = _symmetric_codes(w, axis=None)
    rmse = _product_rmse(x, codes * scale - w)
    rmse_per_tensor = _product_rmse(x, tensor_codes * tensor_scale - w)
    return codes.astype(np.int8), scale.ravel(), rmse, rmse_per_tensor
