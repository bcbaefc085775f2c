import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    if a.dtype != "int8" or b.dtype != "int8" or a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError("operands")
    if bias is not None and (bias.dtype != "int32" or bias.shape != (b.shape[1],)):
        raise ValueError("bias")
    for s, z in [a_params, b_params, y_params]:
        if not (s > 0 and np.isfinite(s)) or z < -128 or z > 127:
            raise ValueError("params")
    a32, b32 = a.astype("int32"), b.astype("int32")
    raw = np.einsum("mk,kn->mn", a32, b32)
    acc = (
        raw
        - a_params[1] * b32.sum(0)[None, :]
        - b_params[1] * a32.sum(1)[:, None]
        + a.shape[1] * a_params[1] * b_params[1]
    )
    if bias is not None:
        acc = acc + bias
    acc = acc.astype(np.int32)
    real = acc * (a_params[0] * b_params[0] / y_params[0])
    return raw.astype(np.int32), acc, np.minimum(np.maximum(np.rint(real) + y_params[1], -128), 127).astype(np.int8)
