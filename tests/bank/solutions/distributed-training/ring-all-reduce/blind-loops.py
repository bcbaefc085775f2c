# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    """Play a ring all-reduce step by step; return the tensors after each phase and the bytes sent by each rank."""
    n = len(tensors)
    if n == 0:
        raise ValueError("no ranks")
    shape, dtype = tensors[0].shape, tensors[0].dtype
    for tensor in tensors:
        if tensor.shape != shape or tensor.dtype != dtype:
            raise ValueError("shapes and dtypes must agree")
    flat = [tensor.flatten() for tensor in tensors]

    bounds = [0]
    for chunk in range(n):
        bounds.append(bounds[-1] + flat[0].size // n + (1 if chunk < flat[0].size % n else 0))
    sent = [0] * n

    def step(offset, add):
        """Every rank r sends chunk (r + offset) mod n to its right neighbour."""
        messages = []
        for rank in range(n):
            chunk = (rank + offset) % n
            piece = flat[rank][bounds[chunk] : bounds[chunk + 1]].copy()
            messages.append(piece)
            sent[rank] += piece.size * dtype.itemsize
        for rank in range(n):
            chunk = (rank + offset) % n
            target = flat[(rank + 1) % n]
            for i in range(messages[rank].size):
                place = bounds[chunk] + i
                if add:
                    target[place] = target[place] + messages[rank][i]
                else:
                    target[place] = messages[rank][i]

    with np.errstate(over="ignore", invalid="ignore"):
        for s in range(n - 1):
            step(-s, add=True)
        scattered = [vector.copy().reshape(shape) for vector in flat]
        for s in range(n - 1):
            step(1 - s, add=False)
    reduced = [vector.copy().reshape(shape) for vector in flat]
    return scattered, reduced, sent
