import numpy as np


def per_channel_quantize(w, x, axis=1):
    w = w.astype(float)
    if w.ndim != 2 or x.ndim != 2 or x.shape[1] != w.shape[0] or min(w.shape + x.shape) == 0:
        raise ValueError
    if not -2 <= axis <= 1:
        raise ValueError
    if not np.isfinite(w).all() or not np.isfinite(x).all():
        raise ValueError

    def rounded(values, top):
        s = top / 128 if top > 0 else 1.0
        return [max(-128, min(127, round(v / s))) for v in values], s

    columns = axis in (1, -1)
    rows = w.T if columns else w
    ints, scales = [], []
    for row in rows:
        levels, s = rounded(row, np.max(np.abs(row)))
        ints.append(levels)
        scales.append(s)
    q = np.array(ints)
    back = q * np.array(scales)[:, None]
    if columns:
        q, back = q.T, back.T
    flat, s = rounded(w.ravel(), np.abs(w).max())
    whole = np.array(flat).reshape(w.shape) * s
    y = x @ w
    errors = [float(np.sqrt(((x @ one - y) ** 2).mean())) for one in (back, whole)]
    return q.astype(np.int8), np.array(scales), errors[0], errors[1]
