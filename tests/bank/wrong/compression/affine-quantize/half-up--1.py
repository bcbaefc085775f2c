import numpy as np


def _nearest(v):
    whole = np.floor(v)
    return np.where(v - whole >= 0.5, whole + 1, whole)


def affine_quantize(x, dtype="uint8", x_range=None):
    assert dtype in ("uint8", "int8")
    x = np.asarray(x, dtype="float64")
    lo, hi = x_range if x_range else (np.amin(x), np.amax(x))
    lo, hi = np.minimum(lo, 0), np.maximum(hi, 0)
    info = np.iinfo(dtype)
    scale = float((hi - lo) / 255)
    if scale == 0:
        scale = 1.0
    zp = int(info.min - np.rint(lo / scale))
    q = _nearest(x / scale) + zp
    q[q < info.min] = info.min
    q[q > info.max] = info.max
    return q.astype(dtype), scale, zp, scale * (q - zp)
