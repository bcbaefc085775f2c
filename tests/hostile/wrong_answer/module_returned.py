# A module, with everything it can reach.
# llmprep: mini/softmax
import sys


def softmax(x):
    return sys
