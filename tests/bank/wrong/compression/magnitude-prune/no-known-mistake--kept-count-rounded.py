# mistake: none
# The number kept is rounded, not the number pruned.
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    if not 0 <= sparsity <= 1:
        raise ValueError("sparsity must lie in [0, 1]")
    shapes = {name: w.shape for name, w in weights.items()}
    if any({name: u.shape for name, u in update.items()} != shapes for update in updates):
        raise ValueError("an update must have the names and shapes of the weights")
    flat = np.concatenate([w.ravel() for w in weights.values()])  # refuses an empty dictionary
    if not np.isfinite(flat).all():
        raise ValueError("weights must be finite")
    order = np.argsort(np.abs(flat), kind="stable")  # stable: of equal magnitudes the first goes first
    keep = np.full(flat.size, True)
    keep[order[:flat.size - round((1 - sparsity) * flat.size)]] = False
    masks, pruned, start = {}, {}, 0
    for name, w in weights.items():
        mask = keep[start:start + w.size].reshape(w.shape)
        start += w.size
        w = w * mask
        for update in updates:
            w = (w + update[name]) * mask
        masks[name], pruned[name] = mask, w
    return masks, pruned