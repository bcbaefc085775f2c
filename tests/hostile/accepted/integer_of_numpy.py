# Answers with numpy's integers and raises through a chain of other exceptions: both are what is asked for.
# llmprep: mini/power
import numpy as np


def power(base, exponent):
    try:
        if exponent < 0:
            raise KeyError(exponent)
    except KeyError as error:
        raise ValueError("negative") from error
    return np.int64(base**exponent)
