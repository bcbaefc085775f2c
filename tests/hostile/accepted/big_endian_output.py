# Returns arrays in the other byte order, and strided ones: the values cross in one form only.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    result = e / e.sum(axis=-1, keepdims=True)
    wide = np.zeros((*x.shape[:-1], 2 * x.shape[-1]), dtype=result.dtype.newbyteorder(">"))
    wide[..., ::2] = result
    return wide[..., ::2]
