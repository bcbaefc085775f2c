# Right values, computed in the input's memory and returned as a copy.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    if x.size:
        x -= x.max(axis=-1, keepdims=True)
        np.exp(x, out=x)
        x /= x.sum(axis=-1, keepdims=True)
    return x.copy()
