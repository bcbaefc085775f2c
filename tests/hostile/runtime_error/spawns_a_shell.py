# Starts a shell.
# llmprep: mini/softmax
import os

import numpy as np

if os.system("touch /tmp/llmprep-hostile-shell"):
    raise PermissionError("no shell")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
