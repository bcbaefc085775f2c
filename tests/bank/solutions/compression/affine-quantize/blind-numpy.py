# llmprep: compression/affine-quantize
import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    """Map x to 8-bit codes with one scale and zero-point; return (q, scale, zero_point, x_hat)."""
    if dtype not in ("uint8", "int8"):
        raise ValueError("dtype must be 'uint8' or 'int8'")
    values = np.asarray(x, dtype=np.float64)
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("x must be non-empty and finite")
    low, high = (values.min(), values.max()) if x_range is None else map(float, x_range)
    if not np.isfinite([low, high]).all() or low > high:
        raise ValueError("x_range must be finite with lo <= hi")

    info = np.iinfo(dtype)
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    scale = (high - low) / (info.max - info.min) if high > low else 1.0
    zero_point = int(info.min - np.rint(low / scale))

    with np.errstate(over="ignore"):
        codes = np.clip(np.rint(values / scale) + zero_point, info.min, info.max)
    return codes.astype(dtype), scale, zero_point, (codes - zero_point) * scale
