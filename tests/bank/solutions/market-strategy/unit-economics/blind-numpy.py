# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """Key figures of a subscription product from its cohort table and its cost of serving one customer."""
    active = np.asarray(active, dtype=np.float64)
    if not (price > 0 and spend > 0):
        raise ValueError("price and spend must be positive")
    if active.shape[1] == 0 or not np.all(active[:, 0] > 0):
        raise ValueError("every cohort must start with customers")
    now, following = active[:, :-1], active[:, 1:]
    if np.any(following > now):
        raise ValueError("a cohort cannot grow")
    observed = ~np.isnan(following)
    if not observed.any():
        raise ValueError("no cohort has a second month")

    churn = np.sum((now - following)[observed]) / np.sum(now[observed])
    margin = price - million_tokens * cost_per_million - other_cost
    cac = spend / active[:, 0].sum()
    if churn > 0:
        ltv = margin / churn
    else:
        ltv = 0.0 if margin == 0 else np.copysign(np.inf, margin)
    earned = margin * np.cumsum((1.0 - churn) ** np.arange(horizon))
    paid_back = np.flatnonzero(earned >= cac * (1 - 1e-9))
    return {
        "retention": active / active[:, :1],
        "churn": float(churn),
        "gross_margin": float(margin / price),
        "cac": float(cac),
        "ltv": float(ltv),
        "ltv_to_cac": float(ltv / cac),
        "payback_month": int(paid_back[0]) + 1 if paid_back.size else None,
    }
