# Writes random bytes to the answer's descriptor.
# llmprep: mini/softmax
import os

import numpy as np

os.write(3, bytes([8, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFE, 0, 1, 2, 3, 4, 5]))


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
