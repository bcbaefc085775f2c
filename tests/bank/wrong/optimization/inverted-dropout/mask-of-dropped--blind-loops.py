# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Drop, rescale, report what was dropped."""
    if not (p >= 0 and p <= 1):
        raise ValueError("p is no probability")
    dropped = np.zeros_like(x, dtype=bool)
    out = np.array(x)
    if training:
        dropped = rng.binomial(1, p, size=x.shape).astype(bool)
        if p < 1:
            out /= x.dtype.type(1 - p)
        out[dropped] = 0
    return out, dropped
