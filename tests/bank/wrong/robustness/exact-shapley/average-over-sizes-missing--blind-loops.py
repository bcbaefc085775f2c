# llmprep: robustness/exact-shapley
from itertools import combinations
from math import comb

import numpy as np


def shapley_values(value, players):
    """Mean marginal contribution for each size of coalition, collected over the sizes."""
    if players < 1:
        raise ValueError("no players")
    table = {}
    for size in range(players + 1):
        for members in combinations(range(players), size):
            coalition = frozenset(members)
            table[coalition] = value(coalition)
    phi = np.zeros(players)
    for coalition, worth in table.items():
        for i in coalition:
            smaller = coalition - {i}
            phi[i] += (worth - table[smaller]) / comb(players - 1, len(smaller))
    return phi
