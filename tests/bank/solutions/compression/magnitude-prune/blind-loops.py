# llmprep: compression/magnitude-prune
import math

import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Zero the globally smallest weights, then apply the updates to the survivors only; return (masks, pruned)."""
    if len(weights) == 0:
        raise ValueError("no weights")
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity must lie in [0, 1]")
    for update in updates:
        if set(update) != set(weights):
            raise ValueError("an update has other names")
        for name in weights:
            if update[name].shape != weights[name].shape:
                raise ValueError("an update has another shape")

    ranking = []
    for order, (name, tensor) in enumerate(weights.items()):
        for place, entry in enumerate(tensor.ravel().tolist()):
            if not math.isfinite(entry):
                raise ValueError("weights must be finite")
            ranking.append((abs(entry), order, place, name))
    ranking.sort(key=lambda item: item[:3])
    count = round(float(sparsity) * len(ranking))

    flat_masks = {name: np.ones(tensor.size, dtype=bool) for name, tensor in weights.items()}
    for _, _, place, name in ranking[:count]:
        flat_masks[name][place] = False

    masks, pruned = {}, {}
    with np.errstate(over="ignore"):
        for name, tensor in weights.items():
            old = tensor.flatten()
            new = np.zeros(tensor.size, dtype=tensor.dtype)
            kept = flat_masks[name]
            steps = [update[name].ravel() for update in updates]
            for place in range(tensor.size):
                if kept[place]:
                    value = old[place]
                    for step in steps:
                        value = value + step[place]
                    new[place] = value
            masks[name] = kept.reshape(tensor.shape)
            pruned[name] = new.reshape(tensor.shape)
    return masks, pruned
