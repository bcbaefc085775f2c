# llmprep: compression/per-channel-quantize
import numpy as np


def _rms(e):
    top = np.abs(e).max()
    return float(top * np.sqrt(np.mean((e / top) ** 2))) if top > 0 else 0.0


def per_channel_quantize(w, x, axis=1):
    """int8 weights per channel."""
    w = np.asarray(w)
    x = np.asarray(x)
    if w.ndim != 2 or x.ndim != 2 or w.size == 0 or x.size == 0 or x.shape[1] != w.shape[0]:
        raise ValueError("shapes")
    if axis not in (-2, -1, 0, 1):
        raise ValueError("axis")
    w, x = w.astype(np.float64), x.astype(np.float64)
    if not np.isfinite(w).all() or not np.isfinite(x).all():
        raise ValueError("not finite")

    def run(peak):
        s = np.where(peak > 0, peak / 127, 1.0)
        codes = np.rint(w / s)
        return codes.astype(np.int8), s, _rms(x @ (codes * s - w))

    q, s, err = run(np.max(np.abs(w), axis=axis, keepdims=True))
    _, _, err_all = run(np.max(np.abs(w), keepdims=True))
    return q, s.ravel(), err, err_all
