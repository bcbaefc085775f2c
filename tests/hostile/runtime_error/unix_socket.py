# Binds a unix socket in /tmp.
# llmprep: mini/softmax
import socket

import numpy as np

socket.socket(socket.AF_UNIX).bind("/tmp/llmprep-hostile-socket")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
