# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """Cohort economics, vectorized."""
    if not (price > 0 and spend > 0):
        raise ValueError("price and spend")
    first = active[:, :1]
    if not np.all(np.isfinite(first)) or np.any(first <= 0):
        raise ValueError("month 0")
    before, after = active[:, :-1], active[:, 1:]
    seen = ~np.isnan(after)
    if not seen.any():
        raise ValueError("nothing observed after month 0")
    if (after[seen] > before[seen]).any():
        raise ValueError("growth")
    churn = float((before[seen] - after[seen]).sum() / before[seen].sum())
    margin = price - million_tokens * cost_per_million - other_cost
    cac = float(spend / first.sum())
    ltv = price / churn if churn else np.inf
    earned = margin * np.cumsum((1 - churn) ** np.arange(max(horizon, 0)))
    paid = np.flatnonzero(earned >= cac * (1 - 1e-9))
    return dict(
        retention=active / first,
        churn=churn,
        gross_margin=margin / price,
        cac=cac,
        ltv=ltv,
        ltv_to_cac=ltv / cac,
        payback_month=int(paid[0]) + 1 if paid.size else None,
    )
