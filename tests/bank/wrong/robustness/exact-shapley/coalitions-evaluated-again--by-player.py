# llmprep: robustness/exact-shapley
import numpy as np
from itertools import combinations
from math import comb


def shapley_values(value, players):
    if players < 1:
        raise ValueError("players")
    phi = np.zeros(players)
    for i in range(players):
        rest = [j for j in range(players) if j != i]
        for size in range(players):
            for s in combinations(rest, size):
                phi[i] += (value(frozenset(s) | {i}) - value(frozenset(s))) / (players * comb(players - 1, size))
    return phi
