# Asks for an array of 8 GiB.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    return np.ones(2**30)
