# llmprep: robustness/exact-shapley
import numpy as np


def shapley_values(value, players):
    n = players
    if n < 1:
        raise ValueError("players")
    worth = []
    for mask in range(2**n):
        worth.append(value(frozenset(i for i in range(n) if mask >> i & 1)))
    result = np.zeros(n)
    for i in range(n):
        terms = []
        for mask in range(2**n):
            if mask >> i & 1:
                continue
            gain = worth[mask | 1 << i] - worth[mask]
            terms.append(gain / 2 ** (n - 1))
        result[i] = sum(terms)
    return result
