# mistake: none
# An epsilon stands in the denominator.
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = rng.random(x.shape) >= p
    out = np.zeros_like(x)
    out[mask] = x[mask] / (1 - p + 1e-12)
    return out, mask