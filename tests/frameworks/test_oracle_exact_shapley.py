"""Law: the reference's values are the average over all orders of arrival, and those of shap's exact explainer."""

from itertools import permutations

import numpy as np
import pytest

EXERCISE = "robustness/exact-shapley"


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_orders_agree(reference, n):
    """A random game, the definition by orders spelled out."""
    worths = np.random.default_rng(n).normal(size=2**n)

    def value(coalition):
        return float(worths[sum(2**i for i in coalition)])

    want = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        for place, player in enumerate(order):
            want[player] += (value(frozenset(order[: place + 1])) - value(frozenset(order[:place]))) / len(orders)
    np.testing.assert_allclose(reference(value, n), want, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("n", [2, 4, 7])
def test_shap_agrees(reference, n):
    """A small network's prediction shared out among its features, the absent ones taken from background rows."""
    shap = pytest.importorskip("shap")
    rng = np.random.default_rng(n)
    w1, b1, w2 = rng.normal(size=(n, 5)), rng.normal(size=5), rng.normal(size=5)
    background, x = rng.normal(size=(20, n)), rng.normal(size=n)

    def model(rows):
        return np.tanh(rows @ w1 + b1) @ w2

    def value(coalition):
        rows = background.copy()
        rows[:, sorted(coalition)] = x[sorted(coalition)]
        return float(model(rows).mean())

    explained = shap.explainers.Exact(model, shap.maskers.Independent(background, max_samples=20))(x[None])
    got = reference(value, n)
    np.testing.assert_allclose(got, explained.values[0], rtol=1e-8, atol=1e-10)
    assert got.sum() == pytest.approx(model(x[None])[0] - explained.base_values[0], abs=1e-10)
