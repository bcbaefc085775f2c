# Makes a system call by its number in the x32 table, which has its own numbers for the same calls.
# (x86-64 only.)
# llmprep: mini/softmax
import ctypes

import numpy as np

ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
