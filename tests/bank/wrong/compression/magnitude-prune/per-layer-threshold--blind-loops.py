# llmprep: compression/magnitude-prune
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Masks from magnitudes, then masked updates."""
    if not weights or not (0.0 <= sparsity <= 1.0):
        raise ValueError("weights or sparsity")
    if any(not np.isfinite(w).all() for w in weights.values()):
        raise ValueError("not finite")
    for u in updates:
        if u.keys() != weights.keys() or any(u[n].shape != weights[n].shape for n in weights):
            raise ValueError("update does not fit")
    masks, pruned = {}, {}
    for name, w in weights.items():
        k = round(sparsity * w.size)
        order = np.argsort(np.abs(w), axis=None, kind="stable")
        mask = np.ones(w.size, dtype=bool)
        mask[order[:k]] = False
        masks[name] = mask.reshape(w.shape)
        pruned[name] = np.where(masks[name], w, 0).astype(w.dtype)
    for u in updates:
        for name in pruned:
            pruned[name] = np.where(masks[name], pruned[name] + u[name], 0).astype(pruned[name].dtype)
    return masks, pruned
