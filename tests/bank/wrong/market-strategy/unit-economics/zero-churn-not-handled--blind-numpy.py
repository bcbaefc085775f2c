# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """Cohort retention and the usual subscription figures."""
    if not price > 0 or not spend > 0:
        raise ValueError("price and spend must be above zero")
    acquired = active[:, 0]
    if np.any(~(acquired > 0)) or np.any(active[:, 1:] > active[:, :-1]):
        raise ValueError("cohorts must start above zero and never grow")
    before = np.where(np.isnan(active[:, 1:]), 0.0, active[:, :-1])
    after = np.nan_to_num(active[:, 1:], nan=0.0)
    if not before.any():
        raise ValueError("no cohort was seen for two months")
    churn = (before.sum() - after.sum()) / before.sum()
    margin = price - million_tokens * cost_per_million - other_cost
    cac = spend / acquired.sum()
    ltv = margin / churn
    running = np.cumsum(margin * np.power(1 - churn, np.arange(horizon)))
    enough = running >= cac * (1 - 1e-9)
    return {
        "retention": np.einsum("cm,c->cm", active, 1 / acquired),
        "churn": churn,
        "gross_margin": margin / price,
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": int(enough.argmax()) + 1 if enough.any() else None,
    }
