# Creates a file without a name (O_TMPFILE) and one in memory (memfd).
# llmprep: mini/softmax
import os

import numpy as np

for make in (
    lambda: os.open("/tmp", os.O_TMPFILE | os.O_RDWR),
    lambda: os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR),
    lambda: os.memfd_create("llmprep-hostile"),
):
    try:
        make()
    except OSError:
        continue
    break
else:
    raise PermissionError("no file can be made")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
