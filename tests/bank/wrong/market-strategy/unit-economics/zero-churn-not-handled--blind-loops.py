# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """Metrics of a cohort table."""
    if not price > 0:
        raise ValueError("price")
    if not spend > 0:
        raise ValueError("spend")
    start = active[:, 0]
    if not ((start > 0) & (start < np.inf)).all():
        raise ValueError("every cohort must start with customers")
    steps = np.diff(active, axis=1)
    if np.isnan(steps).all():
        raise ValueError("no second month")
    if np.nanmax(steps) > 0:
        raise ValueError("a cohort cannot grow")
    at_risk = np.where(np.isnan(steps), 0.0, active[:, :-1]).sum()
    churn = -np.nansum(steps) / at_risk + 0.0
    unit_cost = million_tokens * cost_per_million + other_cost
    margin = price - unit_cost
    cac = spend / start.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        ltv = np.divide(margin, churn)
    result = {"retention": active / start[:, None], "churn": churn, "gross_margin": margin / price}
    result.update(cac=cac, ltv=ltv, ltv_to_cac=ltv / cac, payback_month=None)
    total = 0.0
    for month in range(horizon):
        total += margin * (1 - churn) ** month
        if total >= cac * (1 - 1e-9):
            result["payback_month"] = month + 1
            break
    return result
