# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Mask x."""
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p")
    if training:
        mask = rng.uniform(size=x.shape) >= p
    else:
        mask = np.full(x.shape, True)
    return np.where(mask, x, np.zeros_like(x)), mask
