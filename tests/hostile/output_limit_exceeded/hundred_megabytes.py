# Returns a hundred megabytes.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    return np.zeros(100 << 20, dtype=np.uint8)
