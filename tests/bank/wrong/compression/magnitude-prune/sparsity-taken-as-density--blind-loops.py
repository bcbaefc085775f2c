# llmprep: compression/magnitude-prune
import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    """Global ranking of the concatenated magnitudes."""
    names = list(weights)
    if not names or np.isnan(sparsity) or sparsity < 0 or sparsity > 1:
        raise ValueError("bad arguments")
    for step in updates:
        if sorted(step) != sorted(names) or any(step[n].shape != weights[n].shape for n in names):
            raise ValueError("bad update")
    everything = np.concatenate([weights[n].astype(np.float64).ravel() for n in names])
    if not np.all(np.isfinite(everything)):
        raise ValueError("NaN or infinity")
    keep = round(sparsity * everything.size)
    survivors = np.zeros(everything.size, dtype=bool)
    ranked = np.argsort(np.abs(everything), kind="stable")
    survivors[ranked[everything.size - keep :]] = True
    ends = np.cumsum([weights[n].size for n in names])
    parts = np.split(survivors, ends[:-1])
    masks = {n: part.reshape(weights[n].shape).copy() for n, part in zip(names, parts)}
    pruned = {n: weights[n] * masks[n] for n in names}
    for step in updates:
        for n in names:
            pruned[n] = (pruned[n] + step[n]) * masks[n]
    return masks, pruned
