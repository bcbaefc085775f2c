# Tries a dozen forbidden things, each inside try/except, then answers rightly: what was refused did no harm.
# llmprep: mini/softmax
import os
import socket
import subprocess
import threading

import numpy as np

for attempt in (
    lambda: open("/tmp/llmprep-hostile-cornered", "w"),
    lambda: open("/etc/passwd").read(),
    lambda: socket.socket(),
    lambda: subprocess.run(["true"]),
    lambda: threading.Thread(target=print).start(),
    lambda: os.fork(),
    lambda: os.kill(os.getppid(), 9),
    lambda: os.unlink("/tmp"),
):
    try:
        attempt()
    except (OSError, RuntimeError):
        pass
    else:
        raise AssertionError("this must have been refused")


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
