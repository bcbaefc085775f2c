# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    start = active[:, 0]
    steps = np.diff(active, axis=1)
    known = np.isfinite(steps)
    if not (price > 0 and spend > 0 and (start > 0).all() and known.any()) or (steps[known] > 0).any():
        raise ValueError("bad input")
    churn = -steps[known].sum() / active[:, :-1][known].sum()
    margin = price - million_tokens * cost_per_million - other_cost
    cac = spend / start.sum()
    with np.errstate(divide="ignore"):
        ltv = float(np.float64(margin) / abs(churn)) if margin else 0.0
    earned = margin * np.cumsum(np.power(1 - churn, np.arange(horizon)))
    enough = np.flatnonzero(earned >= cac * (1 - 1e-9))
    return {
        "retention": active / start[:, None],
        "churn": churn + 0.0,
        "gross_margin": margin / price,
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": int(enough[0]) + 1 if enough.size else None,
    }
