# A view made from the raw address, so that no array names the input as its base.
# llmprep: mini/window
import ctypes

import numpy as np


def window(x, start, stop):
    address = x.ctypes.data + start * x.itemsize
    return np.frombuffer((ctypes.c_char * ((stop - start) * x.itemsize)).from_address(address), dtype=x.dtype)
