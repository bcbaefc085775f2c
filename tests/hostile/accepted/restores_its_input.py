# Works in the input's own memory and puts everything back: nobody can tell, and nobody is harmed.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    kept = x.copy()
    if x.size:
        x -= x.max(axis=-1, keepdims=True)
        np.exp(x, out=x)
        x /= x.sum(axis=-1, keepdims=True)
    result = x.copy()
    x[...] = kept
    return result
