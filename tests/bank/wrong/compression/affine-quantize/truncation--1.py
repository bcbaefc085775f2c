import math

import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    low, high = {"uint8": (0, 255), "int8": (-128, 127)}.get(dtype, (None, None))
    if low is None:
        raise ValueError(dtype)
    values = np.array(x, dtype=float)
    if values.size == 0 or np.isnan(values).any() or np.isinf(values).any():
        raise ValueError("x")
    start, end = x_range if x_range is not None else (values.min(), values.max())
    if not (math.isfinite(start) and math.isfinite(end)) or start > end:
        raise ValueError("range")
    start, end = float(min(0.0, start)), float(max(0.0, end))
    step = (end - start) / 255 or 1.0
    zero = low - round(start / step)
    levels = []
    for value in values.flat:
        level = int(value / step) + zero
        levels.append(min(max(level, low), high))
    q = np.array(levels, dtype=dtype).reshape(values.shape)
    return q, step, zero, (q.astype(float) - zero) * step
