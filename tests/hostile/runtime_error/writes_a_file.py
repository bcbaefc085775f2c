# Creates a file in /tmp.
# llmprep: mini/softmax
import numpy as np

open("/tmp/llmprep-hostile-written", "w").write("x")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
