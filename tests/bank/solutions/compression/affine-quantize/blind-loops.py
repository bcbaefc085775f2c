# llmprep: compression/affine-quantize
import math

import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    """Per-tensor affine 8-bit quantization and its inverse; gives (q, scale, zero_point, x_hat)."""
    limits = {"uint8": (0, 255, np.uint8), "int8": (-128, 127, np.int8)}
    if not isinstance(dtype, str) or dtype not in limits:
        raise ValueError("dtype must be 'uint8' or 'int8'")
    q_min, q_max, np_type = limits[dtype]
    x = np.asarray(x)
    values = x.astype(np.float64).ravel().tolist()
    if not values:
        raise ValueError("x is empty")
    for v in values:
        if not math.isfinite(v):
            raise ValueError("x holds a NaN or an infinity")

    if x_range is None:
        lo, hi = min(values), max(values)
    else:
        lo, hi = float(x_range[0]), float(x_range[1])
        if not (math.isfinite(lo) and math.isfinite(hi)) or lo > hi:
            raise ValueError("x_range must be finite with lo <= hi")
    lo, hi = min(lo, 0.0), max(hi, 0.0)

    steps = q_max - q_min
    scale = (hi - lo) / steps
    if math.isinf(scale):  # hi - lo alone overflows
        scale = hi / steps - lo / steps
    if scale == 0.0:
        scale = 1.0
    zero_point = q_min - round(lo / scale)

    q = np.empty(x.shape, dtype=np_type)
    x_hat = np.empty(x.shape, dtype=np.float64)
    flat_q, flat_hat = q.reshape(-1), x_hat.reshape(-1)
    for i, v in enumerate(values):
        quotient = v / scale
        if math.isinf(quotient):
            code = q_max if quotient > 0 else q_min
        else:
            code = min(max(round(quotient) + zero_point, q_min), q_max)
        flat_q[i] = code
        flat_hat[i] = (code - zero_point) * scale
    return q, scale, zero_point, x_hat
