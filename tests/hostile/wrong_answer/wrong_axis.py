# Normalizes over the first axis: the same on symmetric or one-dimensional data.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    if x.size == 0:
        return x.copy()
    e = np.exp(x - x.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)
