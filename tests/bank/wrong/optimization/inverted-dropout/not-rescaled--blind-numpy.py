# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Random zeroing of activations in training."""
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p is not a probability")
    kept = rng.uniform(size=x.shape) >= p if training else np.full(x.shape, True)
    return np.where(kept, x, np.zeros_like(x)), kept
