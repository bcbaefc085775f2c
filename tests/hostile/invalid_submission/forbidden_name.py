# Uses the forbidden name.
# llmprep: mini/window
import numpy as np


def window(x, start, stop):
    return np.take(x, range(start, stop))
