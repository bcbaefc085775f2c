# llmprep: robustness/exact-shapley
import numpy as np


def shapley_values(value, players):
    """Players' marginal contributions, grouped by the size of the coalition they join."""
    if players < 1:
        raise ValueError("no players")
    codes = np.arange(1 << players)
    member = (codes[:, None] >> np.arange(players) & 1).astype(bool)
    table = np.array([value(frozenset(np.flatnonzero(row).tolist())) for row in member], dtype=np.float64)
    size = member.sum(axis=1)
    phi = np.zeros(players)
    for i in range(players):
        base = codes[~member[:, i]]
        gain = table[base | (1 << i)] - table[base]
        total = np.bincount(size[base], weights=gain, minlength=players)
        phi[i] = np.sum(total / np.bincount(size[base], minlength=players))
    return phi
