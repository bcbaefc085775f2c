# llmprep: compression/int8-matmul
import numpy as np


def _check(scale, zero):
    if not (0 < scale < float("inf")):
        raise ValueError("scale")
    if not (-128 <= zero <= 127):
        raise ValueError("zero-point")


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Quantized matmul."""
    for matrix in (a, b):
        if matrix.dtype != np.dtype("int8") or len(matrix.shape) != 2:
            raise ValueError("int8 matrices expected")
    if a.shape[1] != b.shape[0]:
        raise ValueError("inner size")
    if bias is not None:
        if bias.dtype != np.dtype("int32") or bias.shape != (b.shape[1],):
            raise ValueError("bias")
    for pair in (a_params, b_params, y_params):
        _check(*pair)
    wide_a, wide_b = a.astype(np.int32), b.astype(np.int32)
    raw = wide_a @ wide_b
    acc = (wide_a - np.int32(a_params[1])) @ (wide_b - np.int32(b_params[1]))
    if bias is not None:
        acc = acc + bias
    factor = a_params[0] * b_params[0] / y_params[0]
    out = np.trunc(acc.astype(np.float64) * factor) + y_params[1]
    out = np.where(out > 127, 127, np.where(out < -128, -128, out))
    return raw, acc, out.astype(np.int8)
