# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    """Simulate a ring all-reduce; return the tensors after each of its phases and the bytes each rank sent."""
    if len(tensors) == 0:
        raise ValueError("no ranks")
    tensors = [np.asarray(t) for t in tensors]
    shape, dtype, ranks = tensors[0].shape, tensors[0].dtype, len(tensors)
    if any(t.shape != shape or t.dtype != dtype for t in tensors):
        raise ValueError("tensors differ in shape or dtype")

    buffer = np.stack([t.ravel() for t in tensors])
    length = buffer.shape[1]
    sizes = length // ranks + (np.arange(ranks) < length % ranks)
    chunk = np.repeat(np.arange(ranks), sizes)
    column = np.arange(length)

    # Each column travels with its chunk: one sender and one receiver per step.
    for step in range(ranks - 1):
        sender = (chunk + step) % ranks
        buffer[(sender + 1) % ranks, column] += buffer[sender, column]
    scattered = [row.reshape(shape).copy() for row in buffer]
    for step in range(ranks - 1):
        sender = (chunk + step - 1) % ranks
        buffer[(sender + 1) % ranks, column] = buffer[sender, column]
    reduced = [row.reshape(shape).copy() for row in buffer]

    # Rank r skips chunk r + 1 in the first phase and chunk r + 2 in the second.
    elements = 2 * length - np.roll(sizes, -1) - np.roll(sizes, -2)
    return scattered, reduced, (elements * dtype.itemsize).tolist()
