# llmprep: compression/magnitude-prune
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Global magnitude pruning with a constant mask."""
    if not weights:
        raise ValueError("no weights")
    flat = np.concatenate([array.ravel().astype(np.float64) for array in weights.values()])
    if not np.isfinite(flat).all():
        raise ValueError("weights must be finite")
    if not (sparsity >= 0 and sparsity <= 1):
        raise ValueError("sparsity must be a fraction")

    # Rank 0 is the first weight to go; of equal magnitudes the earlier goes first.
    rank = np.empty(flat.size, dtype=np.int64)
    rank[np.lexsort((np.arange(flat.size), np.abs(flat)))] = np.arange(flat.size)
    kept = round(sparsity * flat.size)
    survives = rank >= flat.size - kept

    masks, start = {}, 0
    for name, array in weights.items():
        masks[name] = survives[start : start + array.size].reshape(array.shape).copy()
        start += array.size
    pruned = {name: np.where(masks[name], array, np.zeros_like(array)) for name, array in weights.items()}
    for delta in updates:
        if delta.keys() != weights.keys():
            raise ValueError("unexpected names in an update")
        for name in weights:
            if delta[name].shape != weights[name].shape:
                raise ValueError("unexpected shape in an update")
            pruned[name] += delta[name]
            pruned[name][~masks[name]] = 0
    return masks, pruned
