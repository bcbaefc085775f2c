# llmprep: robustness/exact-shapley
from math import factorial

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
            s = bin(mask).count("1")
            gain = worth[mask | 1 << i] - worth[mask]
            terms.append(factorial(s) * factorial(n - s - 1) / factorial(n) * gain)
        result[i] = sum(terms)
    return result
