# llmprep: compression/int8-matmul
import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Integer-only product of two quantized matrices, returned raw, corrected and requantized."""
    if not (a.dtype == b.dtype == np.int8 and a.ndim == b.ndim == 2 and a.shape[1] == b.shape[0]):
        raise ValueError("a and b must be int8 matrices that multiply")
    if bias is not None and not (bias.dtype == np.int32 and bias.shape == (b.shape[1],)):
        raise ValueError("bias must be int32, one per column")
    scales, zeros = zip(a_params, b_params, y_params)
    if any(not np.isfinite(s) or s <= 0 for s in scales):
        raise ValueError("scale must be positive")
    if any(z < -128 or z > 127 for z in zeros):
        raise ValueError("zero-point must fit int8")

    wide_a, wide_b = a.astype(np.int32), b.astype(np.int32)
    raw = wide_a @ wide_b
    za, zb, zy = map(int, zeros)
    acc = (wide_a - np.int32(za)) @ (wide_b - np.int32(zb))
    if bias is not None:
        acc += bias

    multiplier = float(scales[0]) * float(scales[1]) / float(scales[2])
    codes = np.trunc(acc * multiplier) + zy
    return raw, acc, np.clip(codes, -128, 127).astype(np.int8)
