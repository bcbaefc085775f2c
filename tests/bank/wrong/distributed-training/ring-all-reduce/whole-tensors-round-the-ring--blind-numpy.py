# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    """Ring all-reduce of the tensors, with the traffic of every rank."""
    if not tensors:
        raise ValueError("at least one rank is required")
    n = len(tensors)
    if len({(t.shape, t.dtype) for t in tensors}) > 1:
        raise ValueError("all tensors must agree in shape and dtype")
    shape, itemsize = tensors[0].shape, tensors[0].dtype.itemsize

    blocks = [np.array_split(t.flatten(), n) for t in tensors]

    def joined():
        return [np.concatenate(own).reshape(shape) for own in blocks]

    for s in range(n - 1):
        parcels = [blocks[r][(r - s) % n] for r in range(n)]
        for r, parcel in enumerate(parcels):
            target = blocks[(r + 1) % n]
            target[(r - s) % n] = target[(r - s) % n] + parcel
    scattered = joined()
    for s in range(n - 1):
        parcels = [blocks[r][(r + 1 - s) % n] for r in range(n)]
        for r, parcel in enumerate(parcels):
            blocks[(r + 1) % n][(r + 1 - s) % n] = parcel
    traffic = [(n - 1) * int(t.size) * itemsize for t in tensors]
    return scattered, joined(), traffic
