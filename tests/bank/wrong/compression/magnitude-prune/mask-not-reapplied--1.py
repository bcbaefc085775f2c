import numpy as np


def magnitude_prune(weights, sparsity, updates=()):
    names = list(weights)
    flat = np.concatenate([np.abs(weights[n]).reshape(-1) for n in names])
    count = int(np.rint(sparsity * len(flat)))
    dropped = np.argsort(flat, kind="mergesort")[:count]
    kept = np.ones(len(flat), bool)
    kept[dropped] = False
    ends = np.cumsum([weights[n].size for n in names])
    pieces = np.split(kept, ends[:-1])
    masks = {n: piece.reshape(weights[n].shape) for n, piece in zip(names, pieces)}
    out = {n: weights[n] * masks[n] for n in names}
    for step in updates:
        out = {n: out[n] + step[n] for n in names}
    return masks, out
