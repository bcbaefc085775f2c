# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    """Every rank hands its tensor round; each adds up the contributions as they come along the ring."""
    if not tensors:
        raise ValueError("empty")
    n, model = len(tensors), tensors[0]
    if any(t.shape != model.shape or t.dtype != model.dtype for t in tensors):
        raise ValueError("mismatch")
    pieces = [np.array_split(t.flatten(), n) for t in tensors]
    state = [list(p) for p in pieces]
    full = []
    for chunk in range(n):
        running = pieces[chunk][chunk]
        for hop in range(1, n):
            here = (chunk + hop) % n
            running = np.add(pieces[here][chunk], running)
            state[here][chunk] = running
        full.append(running)
    scattered = [np.concatenate(s).reshape(model.shape) for s in state]
    reduced = [np.concatenate(full).reshape(model.shape) for _ in range(n)]
    return scattered, reduced, [(n - 1) * model.nbytes for _ in range(n)]
