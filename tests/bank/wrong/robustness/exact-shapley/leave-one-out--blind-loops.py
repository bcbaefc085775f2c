# llmprep: robustness/exact-shapley
import numpy as np


def shapley_values(value, players):
    """What is lost when a player leaves."""
    if players < 1:
        raise ValueError("players")
    everyone = frozenset(range(players))
    total = value(everyone)
    return np.array([total - value(everyone - {i}) for i in range(players)], dtype=np.float64)
