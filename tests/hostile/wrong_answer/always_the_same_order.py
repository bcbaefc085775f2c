# A permutation that looks random and never changes.
# llmprep: mini/shuffle
import random


def shuffle(n, rng):
    order = list(range(n))
    random.Random(7).shuffle(order)
    return order
