# llmprep: compression/int8-matmul
import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    """Quantized matmul."""
    if a.dtype != np.int8 or b.dtype != np.int8:
        raise ValueError("int8 expected")
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("shapes")
    if bias is not None and (bias.dtype != np.int32 or bias.shape != (b.shape[1],)):
        raise ValueError("bias")
    for s, z in [a_params, b_params, y_params]:
        if not np.isfinite(s) or s <= 0 or z < -128 or z > 127:
            raise ValueError("params")
    sa, za = a_params
    sb, zb = b_params
    sy, zy = y_params
    raw = (a @ b).astype(np.int32)
    acc = raw.astype(np.int64)
    acc = acc - zb * a.sum(axis=1, dtype=np.int64)[:, None] - za * b.sum(axis=0, dtype=np.int64)[None, :]
    acc = acc + a.shape[1] * int(za) * int(zb)
    if bias is not None:
        acc = acc + bias
    acc = acc.astype(np.int32)
    y = np.clip(np.round(acc * (sa * sb / sy)) + zy, -128, 127).astype(np.int8)
    return raw, acc, y
