# Opens a TCP socket.
# llmprep: mini/softmax
import socket

import numpy as np

socket.create_connection(("127.0.0.1", 22), timeout=1)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
