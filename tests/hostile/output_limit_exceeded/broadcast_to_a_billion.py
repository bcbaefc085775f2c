# Returns a billion elements that take eight bytes.
# llmprep: mini/softmax
import numpy as np


def softmax(x):
    return np.broadcast_to(1.0, (10**9,))
