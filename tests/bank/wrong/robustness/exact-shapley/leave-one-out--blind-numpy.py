# llmprep: robustness/exact-shapley
import numpy as np


def shapley_values(value, players):
    """What each player adds."""
    if players < 1:
        raise ValueError("no players")
    everyone = frozenset(range(players))
    without = np.array([value(everyone - {i}) for i in range(players)], dtype=np.float64)
    return value(everyone) - without
