# Returns a large array after a rest, case after case: as slow_chunks, through ordinary answers.
# llmprep: mini/softmax
import time

import numpy as np


def softmax(x):
    time.sleep(0.49)
    return np.zeros(150_000)
