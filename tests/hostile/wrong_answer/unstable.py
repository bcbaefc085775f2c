# Overflows for large inputs.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
