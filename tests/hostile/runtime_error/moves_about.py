# Changes its working folder, root, umask, host name and namespaces.
# llmprep: mini/softmax
import os
import socket

import numpy as np

for change in (
    lambda: os.chdir("/tmp"),
    lambda: os.chroot("/tmp"),
    lambda: os.fchdir(os.open(os.path.dirname(os.__file__), os.O_RDONLY)),
    lambda: socket.sethostname("llmprep-hostile"),
):
    try:
        change()
    except OSError:
        continue
    break
else:
    raise PermissionError("it stays where it is")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
