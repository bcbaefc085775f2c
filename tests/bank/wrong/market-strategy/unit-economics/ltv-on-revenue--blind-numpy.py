# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """Cohort retention and the usual subscription figures."""
    if price <= 0 or spend <= 0:
        raise ValueError("price and spend must be above zero")
    start = active[:, :1]
    if not (start > 0).all():
        raise ValueError("a cohort starts empty")
    lost = -np.diff(active, axis=1)
    if (lost < 0).any():
        raise ValueError("a cohort gained customers")
    seen = np.isfinite(lost)
    if not seen.any():
        raise ValueError("no second month anywhere")
    churn = float(lost[seen].sum() / active[:, :-1][seen].sum())
    margin = price - (million_tokens * cost_per_million + other_cost)
    cac = float(spend / start.sum())
    lifetime = 1.0 / churn if churn else np.inf
    ltv = price * lifetime
    payback, collected = None, 0.0
    for month in range(horizon):
        collected += margin * (1 - churn) ** month
        if collected >= cac * (1 - 1e-9):
            payback = month + 1
            break
    return {
        "retention": active / start,
        "churn": churn,
        "gross_margin": margin / price,
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": payback,
    }
