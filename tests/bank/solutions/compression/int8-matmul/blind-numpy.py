# llmprep: compression/int8-matmul
import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Integer matmul of codes, zero-point correction, requantization; return (raw, acc, y)."""
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype != np.int8 or b.dtype != np.int8 or a.ndim != 2 or b.ndim != 2:
        raise ValueError("a and b must be int8 matrices")
    if a.shape[1] != b.shape[0]:
        raise ValueError("inner dimensions differ")
    inner, columns = b.shape
    if bias is not None:
        bias = np.asarray(bias)
        if bias.dtype != np.int32 or bias.shape != (columns,):
            raise ValueError("bias must be int32 of shape (N,)")
    scales = np.array([params[0] for params in (a_params, b_params, y_params)], dtype=np.float64)
    zeros = [int(params[1]) for params in (a_params, b_params, y_params)]
    if not np.all(np.isfinite(scales) & (scales > 0)):
        raise ValueError("scales must be positive and finite")
    if min(zeros) < -128 or max(zeros) > 127:
        raise ValueError("zero-point out of range")
    scale_a, scale_b, scale_y = scales
    zero_a, zero_b, zero_y = zeros

    raw = np.einsum("ik,kj->ij", a, b, dtype=np.int32, casting="safe")
    row_sums = a.sum(axis=1, dtype=np.int64)[:, None]
    column_sums = b.sum(axis=0, dtype=np.int64)
    acc = raw - zero_b * row_sums - zero_a * column_sums + inner * zero_a * zero_b
    if bias is not None:
        acc = acc + bias
    acc = acc.astype(np.int32)

    y = np.rint(acc * (scale_a * scale_b / scale_y)) + zero_y
    return raw, acc, np.clip(y, -128, 127).astype(np.int8)
