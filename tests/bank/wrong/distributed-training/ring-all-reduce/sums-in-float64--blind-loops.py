# llmprep: distributed-training/ring-all-reduce
import numpy as np


def ring_all_reduce(tensors):
    """Ring all-reduce with double-precision accumulators."""
    world = len(tensors)
    if world == 0 or len({(t.shape, t.dtype) for t in tensors}) != 1:
        raise ValueError("tensors")
    shape, dtype = tensors[0].shape, tensors[0].dtype
    buffers = [np.array_split(t.reshape(-1).astype(np.float64), world) for t in tensors]
    buffers = [[c.copy() for c in chunks] for chunks in buffers]
    sent = [0] * world

    def assemble():
        with np.errstate(over="ignore", invalid="ignore"):
            return [np.concatenate(chunks).astype(dtype).reshape(shape) for chunks in buffers]

    scattered = None
    for phase in (0, 1):
        for s in range(world - 1):
            flying = []
            for r in range(world):
                c = (r + phase - s) % world
                flying.append(((r + 1) % world, c, buffers[r][c].copy()))
                sent[r] += int(buffers[r][c].size) * dtype.itemsize
            for to, c, load in flying:
                buffers[to][c] = load if phase else buffers[to][c] + load
        if phase == 0:
            scattered = assemble()
    return scattered, assemble(), sent
