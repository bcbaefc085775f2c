import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    if not a.dtype == b.dtype == np.int8:
        raise ValueError
    if not (a.ndim == b.ndim == 2) or a.shape[1] != b.shape[0]:
        raise ValueError
    if bias is not None and not (bias.dtype == np.int32 and bias.shape == (b.shape[1],)):
        raise ValueError
    if any(not 0 < s < float("inf") or not -128 <= z < 128 for s, z in (a_params, b_params, y_params)):
        raise ValueError
    A, B = a.astype(np.int64), b.astype(np.int64)
    raw = A @ B
    acc = (A - a_params[1]) @ (B - b_params[1]) + (0 if bias is None else bias)
    multiplier = a_params[0] * b_params[0] / y_params[0]
    y = np.rint(acc * multiplier) + y_params[1]
    return raw.astype(np.int32), acc.astype(np.int32), y.clip(-128, 127).astype(np.int8)
