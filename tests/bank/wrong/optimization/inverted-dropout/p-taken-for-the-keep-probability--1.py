import numpy as np


def inverted_dropout(x, p, rng, training=True):
    if p < 0 or p > 1 or p != p:
        raise ValueError("p")
    if training is False:
        return np.array(x), np.full(x.shape, True)
    keep = rng.uniform(size=x.shape) < p
    scaled = np.zeros(x.shape, x.dtype)
    np.divide(x, x.dtype.type(p), out=scaled, where=keep)
    return scaled, keep
