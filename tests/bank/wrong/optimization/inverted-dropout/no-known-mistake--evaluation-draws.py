# mistake: none
# Evaluation draws too, and so fails without a generator.
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    draws = rng.random(x.shape)
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = draws >= p
    out = np.zeros_like(x)
    out[mask] = x[mask] / (1 - p)
    return out, mask