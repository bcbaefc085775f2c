# Leaves shared memory for a later run: POSIX and System V.
# llmprep: mini/softmax
from multiprocessing import shared_memory

import numpy as np

shared_memory.SharedMemory("llmprep-hostile", create=True, size=4096)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
