# llmprep: compression/affine-quantize
import numpy as np

LIMITS = {"uint8": (0, 255), "int8": (-128, 127)}


def affine_quantize(x, dtype="uint8", x_range=None):
    """Quantize and dequantize x with a shared scale and zero-point."""
    if dtype not in LIMITS:
        raise ValueError(f"unsupported dtype {dtype!r}")
    x = np.array(x, dtype=np.float64)
    if not x.size or not np.all(np.isfinite(x)):
        raise ValueError("x is empty or not finite")
    lo, hi = x_range if x_range is not None else (x.min(), x.max())
    if not (np.isfinite(lo) and np.isfinite(hi) and lo <= hi):
        raise ValueError("bad x_range")

    qmin, qmax = LIMITS[dtype]
    scale = float(hi - lo) / (qmax - qmin)
    if scale == 0:
        scale = 1.0
    zero = qmin - int(np.round(lo / scale))
    grid = (np.round(x / scale) + zero).clip(qmin, qmax)
    return grid.astype(dtype), scale, zero, scale * (grid - zero)
