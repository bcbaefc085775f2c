# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Zero each element independently with probability p and rescale the survivors; identity in evaluation."""
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    # random() is in [0, 1): p = 0 keeps everything and p = 1 nothing.
    mask = rng.random(x.shape) >= p
    out = np.zeros(x.shape, dtype=x.dtype)
    np.divide(x, x.dtype.type(1.0 - p), out=out, where=mask)
    return out, mask
