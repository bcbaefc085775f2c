# llmprep: compression/affine-quantize
import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    """8-bit affine quantization."""
    if dtype == "uint8":
        low, high = 0, 255
    elif dtype == "int8":
        low, high = -128, 127
    else:
        raise ValueError("unknown dtype")
    x = np.asarray(x, dtype=np.float64)
    if not x.size or np.isnan(x).any() or np.isinf(x).any():
        raise ValueError("bad x")
    if x_range is None:
        x_range = (np.amin(x), np.amax(x))
    start, stop = map(float, x_range)
    if not (np.isfinite(start) and np.isfinite(stop) and start <= stop):
        raise ValueError("bad range")
    start, stop = min(0.0, start), max(0.0, stop)
    step = (stop - start) / 2**8 if stop > start else 1.0
    zp = low - int(np.round(start / step))
    q = np.minimum(np.maximum(np.round(x / step) + zp, low), high)
    x_hat = (q - zp) * step
    return q.astype(np.dtype(dtype)), step, zp, x_hat
