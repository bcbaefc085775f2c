# Changes its user and groups.
# llmprep: mini/softmax
import os

import numpy as np

os.setuid(65534) if os.getuid() == 0 else os.setgroups([])


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
