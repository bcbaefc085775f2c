# Opens files until no descriptor is left.
# llmprep: mini/softmax
import os

import numpy as np

held = [os.open(os.__file__, os.O_RDONLY) for _ in range(10_000)]


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
