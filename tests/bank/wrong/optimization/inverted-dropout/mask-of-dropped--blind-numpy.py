# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Random zeroing of activations in training, with the survivors scaled up."""
    if not (p >= 0 and p <= 1):
        raise ValueError("p is not a probability")
    if not training:
        return np.array(x), np.ones_like(x, dtype=bool)
    mask = rng.random(x.shape) < p
    scale = 0.0 if p == 1 else 1.0 / (1.0 - p)
    out = (x * scale).astype(x.dtype)
    out[mask] = 0
    return out, mask
