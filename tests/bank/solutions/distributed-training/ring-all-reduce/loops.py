# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    if len(tensors) == 0:
        raise ValueError("no tensors")
    n = len(tensors)
    for t in tensors:
        if t.shape != tensors[0].shape or t.dtype != tensors[0].dtype:
            raise ValueError("shape or dtype")
    length = tensors[0].size
    starts, start = [], 0
    for k in range(n):
        size = length // n + 1 if k < length % n else length // n
        starts.append((start, start + size))
        start += size
    flat = [np.array(t).reshape(-1) for t in tensors]
    sent = [0 for _ in range(n)]
    for s in range(n - 1):
        old = [f.copy() for f in flat]
        for r in range(n):
            low, high = starts[(r - s) % n]
            to = (r + 1) % n
            for i in range(low, high):
                flat[to][i] = old[to][i] + old[r][i]
                sent[r] += flat[r].itemsize
    scattered = [f.copy().reshape(t.shape) for f, t in zip(flat, tensors)]
    for s in range(n - 1):
        old = [f.copy() for f in flat]
        for r in range(n):
            low, high = starts[(r + 1 - s) % n]
            for i in range(low, high):
                flat[(r + 1) % n][i] = old[r][i]
                sent[r] += flat[r].itemsize
    return scattered, [f.reshape(t.shape) for f, t in zip(flat, tensors)], sent
