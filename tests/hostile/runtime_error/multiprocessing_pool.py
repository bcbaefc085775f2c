# Starts a pool of processes.
# llmprep: mini/softmax
import multiprocessing

import numpy as np

multiprocessing.get_context("fork").Pool(2)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
