# Returns mappings and a set of complex keys of one hash, of numpy's and Python's: the same without forging anything.
# llmprep: mini/tally
import numpy as np


def tally(values):
    numbers = [complex(1e12 - 1000003.0 * k, float(k)) for k in range(700)]
    return {"mapping": {np.complex128(one): None for one in numbers}, "set": set(numbers), "again": dict.fromkeys(numbers)}
