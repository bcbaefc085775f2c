# Recurses in C, where no recursion limit counts: repr of a list of lists, once the limit is out of the way.
# llmprep: mini/softmax
import sys

sys.setrecursionlimit(2**31 - 1)


def softmax(x):
    deep = []
    for _ in range(300_000):
        deep = [deep]
    return repr(deep)
