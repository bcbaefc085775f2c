# mistake: none
# At no margin and no churn the value is infinite.
import math

import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    if not (price > 0 and spend > 0):
        raise ValueError("price and spend must be positive")
    if not np.all(active[:, 0] > 0):
        raise ValueError("a cohort starts with nobody")
    before, after = active[:, :-1], active[:, 1:]
    if np.any(after > before):
        raise ValueError("a cohort cannot grow")
    seen = ~np.isnan(after)
    if not seen.any():
        raise ValueError("no cohort was observed for a second month")
    churn = (before[seen] - after[seen]).sum() / before[seen].sum()
    margin = price - million_tokens * cost_per_million - other_cost
    cac = spend / active[:, 0].sum()
    if churn > 0:
        ltv = margin / churn
    else:
        ltv = math.inf
    payback, earned = None, 0.0
    for month in range(horizon):
        earned += margin * (1 - churn) ** month
        if earned >= cac * (1 - 1e-9):
            payback = month + 1
            break
    return {
        "retention": active / active[:, :1],
        "churn": churn,
        "gross_margin": margin / price,
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": payback,
    }