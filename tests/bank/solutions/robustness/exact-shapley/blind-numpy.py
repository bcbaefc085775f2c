# llmprep: robustness/exact-shapley
from math import comb

import numpy as np


def shapley_values(value, players):
    """Exact Shapley values from one evaluation of each of the 2**players coalitions."""
    if players < 1:
        raise ValueError("at least one player is needed")
    # Axis i of the cube says whether player i is in the coalition.
    cube_shape = (2,) * players
    worth = np.empty(cube_shape)
    for membership in np.ndindex(cube_shape):
        worth[membership] = value(frozenset(i for i, inside in enumerate(membership) if inside))

    # Size of every coalition of the other players, in the C order of a cube without one axis.
    codes = np.arange(2 ** (players - 1))
    sizes = (codes[:, None] >> np.arange(players - 1) & 1).sum(axis=1)
    weight = np.array([1.0 / (players * comb(players - 1, size)) for size in range(players)])[sizes]
    gains = np.stack([np.diff(worth, axis=i).ravel() for i in range(players)])
    return gains @ weight
