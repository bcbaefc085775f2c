# llmprep: robustness/exact-shapley
import math

import numpy as np


def shapley_values(value, players):
    """Average marginal contribution of every player, by one pass over all coalitions as bit masks."""
    if players < 1:
        raise ValueError("at least one player is needed")
    worth = []
    for code in range(2**players):
        members = [i for i in range(players) if code >> i & 1]
        worth.append(float(value(frozenset(members))))
    share = []
    for size in range(players):
        share.append(math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players))
    phi = np.zeros(players, dtype=np.float64)
    for i in range(players):
        terms = []
        for code in range(2**players):
            if not code >> i & 1:
                size = bin(code).count("1")
                terms.append(share[size] * (worth[code | 1 << i] - worth[code]))
        phi[i] = math.fsum(terms)
    return phi
