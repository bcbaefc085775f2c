# llmprep: compression/affine-quantize
import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    """8-bit affine quantization."""
    if dtype not in ("uint8", "int8"):
        raise ValueError("dtype")
    info = np.iinfo(dtype)
    data = np.array(x, dtype=np.float64)
    if data.size == 0 or not np.all(np.isfinite(data)):
        raise ValueError("x")
    lo, hi = (data.min(), data.max()) if x_range is None else x_range
    if not np.isfinite([lo, hi]).all() or lo > hi:
        raise ValueError("x_range")
    scale = float((hi - lo) / (info.max - info.min)) or 1.0
    zero_point = int(info.min - np.rint(lo / scale))
    codes = np.clip(np.rint(data / scale) + zero_point, info.min, info.max)
    return codes.astype(dtype), scale, zero_point, (codes - zero_point) * scale
