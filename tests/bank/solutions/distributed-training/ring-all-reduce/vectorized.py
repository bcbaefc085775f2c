# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    if not tensors or any(t.shape != tensors[0].shape or t.dtype != tensors[0].dtype for t in tensors):
        raise ValueError("tensors must agree")
    n, shape = len(tensors), tensors[0].shape
    x = np.stack([t.ravel() for t in tensors])  # (rank, element)
    ranks = np.arange(n)
    sizes = np.full(n, x.shape[1] // n) + (ranks < x.shape[1] % n)
    chunk = np.repeat(ranks, sizes)  # the chunk that each element belongs to
    for s in range(n - 1):
        arrives = chunk == (ranks[:, None] - 1 - s) % n
        x = np.where(arrives, x + np.roll(x, 1, axis=0), x)
    scattered = x
    for s in range(n - 1):
        arrives = chunk == (ranks[:, None] - s) % n
        x = np.where(arrives, np.roll(x, 1, axis=0), x)
    sent = (2 * sizes.sum() - sizes[(ranks + 1) % n] - sizes[(ranks + 2) % n]) * x.itemsize
    return [a.reshape(shape) for a in scattered.copy()], [a.reshape(shape) for a in x.copy()], sent.tolist()
