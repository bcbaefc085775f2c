# Raises GeneratorExit, which is no Exception, as it is loaded.
# llmprep: mini/softmax
import numpy as np

raise GeneratorExit


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
