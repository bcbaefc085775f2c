# llmprep: robustness/exact-shapley
import numpy as np


def shapley_values(value, players):
    if players < 1:
        raise ValueError("players")
    shape = (2,) * players  # axis i: whether player i takes part
    worth = np.array([value(frozenset(np.flatnonzero(who).tolist())) for who in np.ndindex(shape)]).reshape(shape)
    others = np.indices(shape[1:]).sum(axis=0) if players > 1 else np.array(0)
    # sizes are equally likely, and so are all coalitions of one size
    weight = 1 / (players * np.bincount(others.ravel()))[others]
    gains = [np.diff(worth, axis=i).squeeze(axis=i) for i in range(players)]
    return np.einsum("ik,k->i", np.reshape(gains, (players, -1)), weight.ravel())
