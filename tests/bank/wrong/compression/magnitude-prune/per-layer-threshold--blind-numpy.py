# llmprep: compression/magnitude-prune
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Prune to the wanted sparsity and train on with the masks held fixed."""
    if len(weights) == 0:
        raise ValueError("nothing to prune")
    if any(not np.all(np.isfinite(array)) for array in weights.values()):
        raise ValueError("weights must be finite")
    if np.isnan(sparsity) or sparsity < 0 or sparsity > 1:
        raise ValueError("sparsity outside [0, 1]")

    masks, pruned = {}, {}
    for name, array in weights.items():
        drop = round(sparsity * array.size)
        mask = np.ones(array.shape, dtype=bool)
        mask.reshape(-1)[np.argsort(np.abs(array), axis=None, kind="stable")[:drop]] = False
        masks[name], pruned[name] = mask, array * mask
    for update in updates:
        if set(update) != set(weights):
            raise ValueError("names differ")
        for name, mask in masks.items():
            if update[name].shape != mask.shape:
                raise ValueError("shapes differ")
            pruned[name] = (pruned[name] + update[name]) * mask
    return masks, pruned
