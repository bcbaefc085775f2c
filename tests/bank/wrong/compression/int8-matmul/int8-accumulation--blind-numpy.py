# llmprep: compression/int8-matmul
import numpy as np


def _check(a, b, parameters, bias):
    for matrix in (a, b):
        if matrix.ndim != 2 or matrix.dtype != np.int8:
            raise ValueError("int8 matrices wanted")
    if a.shape[-1] != b.shape[0]:
        raise ValueError("shapes do not multiply")
    if bias is not None and (bias.shape != b.shape[1:] or bias.dtype != np.int32):
        raise ValueError("wrong bias")
    for scale, zero in parameters:
        if not (0 < scale < np.inf) or not -128 <= zero <= 127:
            raise ValueError("wrong scale or zero-point")


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Quantized matrix product with zero-point correction."""
    _check(a, b, (a_params, b_params, y_params), bias)
    (sa, za), (sb, zb), (sy, zy) = [(float(s), int(z)) for s, z in (a_params, b_params, y_params)]

    raw = (a @ b).astype(np.int32)
    acc = (
        raw
        - zb * a.sum(axis=1, keepdims=True, dtype=np.int32)
        - za * b.sum(axis=0, keepdims=True, dtype=np.int32)
        + a.shape[1] * za * zb
    )
    if bias is not None:
        acc = acc + bias[None, :]

    scaled = np.round(acc * (sa * sb / sy)) + zy
    return raw, acc.astype(np.int32), scaled.clip(-128, 127).astype(np.int8)
