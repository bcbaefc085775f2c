# Arms timers and alarms that would go off in the worker.
# llmprep: mini/softmax
import signal

import numpy as np

signal.setitimer(signal.ITIMER_REAL, 0.01) or signal.alarm(1)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
