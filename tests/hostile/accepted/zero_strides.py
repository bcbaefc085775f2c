# Answers rows that are all equal by a view with zero strides of one element: right values are right.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    result = e / e.sum(axis=-1, keepdims=True)
    if result.size and (result == result.flat[0]).all():
        return np.broadcast_to(result.flat[0], result.shape)
    return result
