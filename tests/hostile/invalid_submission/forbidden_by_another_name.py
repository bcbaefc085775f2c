# Uses the forbidden name under two aliases.
# llmprep: mini/window
import numpy
from numpy import take as harmless


def window(x, start, stop):
    return harmless(x, range(start, stop))
