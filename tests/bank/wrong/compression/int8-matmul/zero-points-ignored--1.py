import numpy as np


def int8_matmul(a, b, a_params, b_params, y_params, bias=None):
    sa, za = a_params
    sb, zb = b_params
    sy, zy = y_params
    m, n = a.shape[0], b.shape[1]
    raw = np.zeros((m, n), dtype=np.int32)
    for i in range(m):
        for j in range(n):
            raw[i, j] = sum(int(p) * int(r) for p, r in zip(a[i], b[:, j]))
    acc = raw.copy() if bias is None else (raw + bias).astype(np.int32)
    y = np.rint(acc * (sa * sb / sy)) + zy
    return raw, acc, np.clip(y, -128, 127).astype(np.int8)
