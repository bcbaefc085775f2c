"""Law: lifetimes are SciPy's geometric distribution, so LTV is margin times its mean and payback follows from its
survival.
"""

import numpy as np
import pytest

stats = pytest.importorskip("scipy.stats")

EXERCISE = "market-strategy/unit-economics"


@pytest.mark.parametrize("churn", [0.02, 0.1, 0.35, 0.9])
@pytest.mark.parametrize("months_of_margin", [0.5, 1.7, 4.3, 30.1])
@pytest.mark.parametrize("seed", range(3))
def test_geometric_lifetimes_agree(reference, churn, months_of_margin, seed):
    rng = np.random.default_rng(seed)
    price, tokens, per_million, other = rng.uniform(20, 40), rng.uniform(1, 4), rng.uniform(1, 2), rng.uniform(0, 3)
    margin = price - tokens * per_million - other
    table = np.array([[1000.0, 1000.0 * (1 - churn), np.nan], [400.0, 400.0 * (1 - churn), 400.0 * (1 - churn) ** 2]])
    spend = 1400.0 * margin * months_of_margin
    got = reference(table, spend, price, tokens, per_million, other_cost=other, horizon=200)

    lifetime = stats.geom(churn)
    assert got["churn"] == pytest.approx(churn)
    assert got["gross_margin"] == pytest.approx(margin / price)
    assert got["ltv"] == pytest.approx(margin * lifetime.mean())
    assert got["ltv_to_cac"] == pytest.approx(lifetime.mean() / months_of_margin)
    earned = margin * np.cumsum(lifetime.sf(np.arange(200)))  # the expectation of min(lifetime, n)
    reached = np.flatnonzero(earned >= got["cac"])
    assert got["payback_month"] == (reached[0] + 1 if len(reached) else None)
