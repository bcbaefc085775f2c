# Floods standard error with warnings.
# llmprep: mini/softmax
import warnings

import numpy as np

warnings.simplefilter("always")


def softmax(x):
    while True:
        warnings.warn("x" * 1000)
