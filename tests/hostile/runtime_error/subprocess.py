# Starts a process by posix_spawn and vfork, as subprocess does.
# llmprep: mini/softmax
import subprocess

import numpy as np

subprocess.run(["/bin/true"], check=True)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
