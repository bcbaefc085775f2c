# llmprep: compression/affine-quantize
import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    """Eight-bit affine quantization; codes, scale, zero-point and the reconstruction."""
    if dtype == "uint8":
        lowest = 0
    elif dtype == "int8":
        lowest = -128
    else:
        raise ValueError("dtype must be uint8 or int8")
    data = np.asarray(x).astype(np.float64)
    if data.size < 1 or np.isnan(data).any() or np.isinf(data).any():
        raise ValueError("x must hold finite numbers")
    bounds = np.array([data.min(), data.max()] if x_range is None else x_range, dtype=np.float64)
    if not np.isfinite(bounds).all() or bounds[0] > bounds[1]:
        raise ValueError("x_range must be finite and ordered")

    bounds = np.array([min(bounds[0], 0.0), max(bounds[1], 0.0)])
    width = float(np.ptp(bounds))
    scale = width / 2**8 if width else 1.0
    zero_point = lowest - int(np.rint(bounds[0] / scale))
    codes = np.minimum(np.maximum(np.rint(data / scale) + zero_point, lowest), lowest + 255)
    return codes.astype(np.dtype(dtype)), scale, zero_point, (codes - zero_point) * scale
