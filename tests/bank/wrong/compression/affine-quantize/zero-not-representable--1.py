import numpy as np


def affine_quantize(x, dtype="uint8", x_range=None):
    if dtype == "uint8":
        qmin, qmax = 0, 255
    elif dtype == "int8":
        qmin, qmax = -128, 127
    else:
        raise ValueError("bad dtype")
    x = x.astype(np.float64)
    if x.size < 1 or not np.all(np.isfinite(x)):
        raise ValueError("bad x")
    if x_range is None:
        x_range = x.min(), x.max()
    lo, hi = x_range
    if not np.isfinite(lo + hi) or hi < lo:
        raise ValueError("bad range")
    s = (hi - lo) / (qmax - qmin)
    if s == 0:
        s = 1.0
    z = qmin - int(np.rint(lo / s))
    q = np.rint(x / s) + z
    q = np.minimum(np.maximum(q, qmin), qmax).astype(dtype)
    return q, s, z, s * (q.astype("float64") - z)
