# llmprep: market-strategy/unit-economics
import numpy as np


def unit_economics(active, spend, price, million_tokens, cost_per_million, other_cost=0.0, horizon=36):
    if price <= 0 or spend <= 0:
        raise ValueError("price and spend have to be positive")
    won = lost = at_risk = 0.0
    for cohort in active:
        if np.isnan(cohort[0]) or cohort[0] <= 0:
            raise ValueError("empty cohort")
        won += cohort[0]
        for now, then in zip(cohort, cohort[1:]):
            if np.isnan(then):
                break
            if then > now:
                raise ValueError("growing cohort")
            at_risk += now
            lost += now - then
    if at_risk == 0:
        raise ValueError("nothing observed")
    churn = lost / at_risk
    margin = price - (million_tokens * cost_per_million + other_cost)
    cac = spend / won
    if churn > 0:
        ltv = margin / churn
    elif margin == 0:
        ltv = 0.0
    else:
        ltv = float("inf") if margin > 0 else float("-inf")

    month, total, alive = None, 0.0, 1.0
    for n in range(1, horizon + 1):
        total += margin * alive
        alive *= 1 - churn
        if total >= cac * (1 - 1e-9):
            month = n
            break
    retention = np.array([[value / cohort[0] for value in cohort] for cohort in active])
    return {
        "retention": retention,
        "churn": churn,
        "gross_margin": margin / price,
        "cac": cac,
        "ltv": ltv,
        "ltv_to_cac": ltv / cac,
        "payback_month": month,
    }
