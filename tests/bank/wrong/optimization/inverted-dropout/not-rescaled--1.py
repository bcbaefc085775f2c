import numpy as np


def inverted_dropout(x, p, rng, training=True):
    if not (p >= 0 and p <= 1):
        raise ValueError("p")
    if not training:
        return x + 0, np.ones_like(x, dtype=bool)
    drop = rng.random(size=x.shape) < p
    y = x.copy()
    y[drop] = 0
    return y, ~drop
