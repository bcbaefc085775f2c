# Asks for 1 TiB of zeros, which the kernel would promise and never give.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    return np.zeros(2**37)
