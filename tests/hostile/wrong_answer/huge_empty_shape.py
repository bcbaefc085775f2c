# An array of no elements whose extents multiply past any integer.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    return np.empty((0, 2**40, 2**20))
