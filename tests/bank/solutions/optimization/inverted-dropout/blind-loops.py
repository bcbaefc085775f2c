# llmprep: optimization/inverted-dropout
import numpy as np


def inverted_dropout(x, p, rng, training=True):
    """Randomly zero elements and scale up the others, so that the mean is unchanged; return (out, mask)."""
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask, out = [], []
    for draw, entry in zip(rng.random(x.size).tolist(), x.ravel().tolist()):
        kept = draw >= p
        mask.append(kept)
        out.append(entry / (1 - p) if kept else 0.0)
    return np.array(out, dtype=x.dtype).reshape(x.shape), np.array(mask, dtype=bool).reshape(x.shape)
