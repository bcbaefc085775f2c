# Sends frames from __del__ and atexit, after the worker has said its last word or none at all.
# llmprep: mini/softmax
import atexit
import os
import sys

import numpy as np


class Late:
    def __del__(self):
        os.write(3, b"\x08\0\0\0\0\0\0\0accepted")


late = Late()
atexit.register(os.write, 3, b"\x08\0\0\0\0\0\0\0accepted")
del late


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
