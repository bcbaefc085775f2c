# llmprep: market-strategy/unit-economics
import math

import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    """What one customer earns against what winning one costs, from a table of cohorts."""
    if not price > 0 or not spend > 0:
        raise ValueError("price and spend must be positive")
    cohorts, months = active.shape
    if months == 0:
        raise ValueError("no month 0")
    retention = np.full((cohorts, months), np.nan)
    customers = stay_base = left = 0.0
    transitions = 0
    for c in range(cohorts):
        start = float(active[c, 0])
        if not (start > 0 and math.isfinite(start)):
            raise ValueError("month 0 must be a positive number")
        customers += start
        for m in range(months):
            now = float(active[c, m])
            if math.isnan(now):
                break
            retention[c, m] = now / start
            if m > 0:
                before = float(active[c, m - 1])
                if now > before:
                    raise ValueError("a cohort grows")
                stay_base += before
                left += before - now
                transitions += 1
    if transitions == 0:
        raise ValueError("no observed second month")

    churn = left / stay_base
    margin = float(price) - float(million_tokens) * float(cost_per_million) - float(other_cost)
    cac = float(spend) / customers
    if churn > 0:
        ltv = margin / churn
    elif margin == 0:
        ltv = 0.0
    else:
        ltv = math.copysign(math.inf, margin)

    payback = None
    lived, alive = 0.0, 1.0
    for n in range(1, horizon + 1):
        lived += alive
        alive *= 1 - churn
        if margin * lived >= cac * (1 - 1e-9):
            payback = n
            break
    return {
        "retention": retention,
        "churn": churn,
        "gross_margin": margin / float(price),
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": payback,
    }
