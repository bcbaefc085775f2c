# Mentions the forbidden name in a string and a comment: only its use is refused. np.take
# llmprep: mini/window
import numpy as np

ADVICE = "do not use np.take or numpy.take here"


def window(x, start, stop):
    """Without numpy.take."""
    return np.array(x[start:stop])
