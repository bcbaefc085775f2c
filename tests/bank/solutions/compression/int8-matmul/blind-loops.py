# llmprep: compression/int8-matmul
import math

import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Integer matmul: raw product of codes, zero-point corrected accumulator, requantized int8 output."""
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype != np.int8 or b.dtype != np.int8 or a.ndim != 2 or b.ndim != 2:
        raise ValueError("a and b must be int8 matrices")
    m, inner = a.shape
    if b.shape[0] != inner:
        raise ValueError("inner sizes differ")
    n = b.shape[1]
    offsets = [0] * n
    if bias is not None:
        bias = np.asarray(bias)
        if bias.dtype != np.int32 or bias.shape != (n,):
            raise ValueError("bias must be int32 of shape (N,)")
        offsets = bias.tolist()
    for scale, zero in (a_params, b_params, y_params):
        if not (scale > 0 and math.isfinite(scale)):
            raise ValueError("scales must be positive and finite")
        if not -128 <= zero <= 127:
            raise ValueError("zero-points must fit int8")
    (s_a, z_a), (s_b, z_b), (s_y, z_y) = a_params, b_params, y_params
    z_a, z_b, z_y = int(z_a), int(z_b), int(z_y)
    factor = float(s_a) * float(s_b) / float(s_y)

    rows = a.tolist()  # Python ints do not overflow
    cols = b.T.tolist()
    row_sums = [sum(r) for r in rows]
    col_sums = [sum(c) for c in cols]
    raw = np.empty((m, n), dtype=np.int32)
    acc = np.empty((m, n), dtype=np.int32)
    y = np.empty((m, n), dtype=np.int8)
    for i in range(m):
        for j in range(n):
            product = 0
            for u, v in zip(rows[i], cols[j]):
                product += u * v
            corrected = product - z_b * row_sums[i] - z_a * col_sums[j] + inner * z_a * z_b + offsets[j]
            raw[i, j] = product
            acc[i, j] = corrected
            code = float(np.rint(corrected * factor)) + z_y
            y[i, j] = int(min(max(code, -128.0), 127.0))
    return raw, acc, y
