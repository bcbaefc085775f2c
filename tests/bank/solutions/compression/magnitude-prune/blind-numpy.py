# llmprep: compression/magnitude-prune
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Zero the globally smallest magnitudes and hold them at zero through all the updates.

    Returns (masks, pruned) as fresh dictionaries; True in a mask means that the weight survives.
    """
    if not weights or not all(np.isfinite(w).all() for w in weights.values()):
        raise ValueError("weights must be non-empty and finite")
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity must lie in [0, 1]")

    sizes = [w.size for w in weights.values()]
    magnitude = np.concatenate([np.abs(w, dtype=w.dtype).astype(np.float64).ravel() for w in weights.values()])
    keep = np.ones(magnitude.size, dtype=bool)
    keep[np.argsort(magnitude, kind="stable")[: round(float(sparsity) * magnitude.size)]] = False
    parts = np.split(keep, np.cumsum(sizes)[:-1])
    masks = {name: part.reshape(w.shape).copy() for (name, w), part in zip(weights.items(), parts)}

    pruned = {name: np.where(masks[name], w, w.dtype.type(0)) for name, w in weights.items()}
    for step in updates:
        if step.keys() != weights.keys() or any(np.shape(step[name]) != w.shape for name, w in weights.items()):
            raise ValueError("an update does not match the weights")
        for name, w in pruned.items():
            np.add(w, step[name], out=w, where=masks[name])
    return masks, pruned
