import numpy as np


def per_channel_quantize(w, x, axis=1):
    if np.ndim(w) != 2 or np.ndim(x) != 2 or x.shape[1] != w.shape[0] or w.size * x.size == 0:
        raise ValueError
    if axis not in range(-2, 2):
        raise ValueError
    if not np.isfinite(np.concatenate([w.ravel(), x.ravel()])).all():
        raise ValueError
    w = w.astype(np.float64)
    s = np.abs(w).max(axis=axis, keepdims=True) / 127
    s[s == 0] = 1
    t = np.abs(w).max() / 127
    t = t if t else 1.0
    q = (w / s).round()
    exact = x.astype(np.float64) @ w
    e1 = np.mean(np.square(exact - x @ (q * s))) ** 0.5
    e2 = np.mean(np.square(exact - x @ ((w / t).round() * t))) ** 0.5
    return q.astype(np.int8), s.flatten(), e1, e2
