import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    if not weights or not (sparsity >= 0 and sparsity <= 1):
        raise ValueError
    if not all(np.isfinite(w).all() for w in weights.values()):
        raise ValueError
    for update in updates:
        if update.keys() != weights.keys() or any(update[k].shape != weights[k].shape for k in weights):
            raise ValueError
    masks, result = {}, {}
    everything = [(abs(v), key, i) for key in weights for i, v in enumerate(weights[key].flat)]
    ranks = sorted(range(len(everything)), key=lambda place: everything[place][0])
    pruned = {everything[place][1:] for place in ranks[: round(sparsity * len(everything))]}
    for key in weights:
        w = weights[key]
        gone = {i for name, i in pruned if name == key}
        mask = np.array([i not in gone for i in range(w.size)], dtype=bool).reshape(w.shape)
        current = np.where(mask, w, 0)
        for update in updates:
            current = np.where(mask, current + update[key], 0)
        masks[key], result[key] = mask, current
    return masks, result
