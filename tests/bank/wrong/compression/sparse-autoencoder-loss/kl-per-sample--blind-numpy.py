# llmprep: compression/sparse-autoencoder-loss
import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Objective of the sparse autoencoder and its gradients."""
    n = len(x)
    if n == 0 or not (rho > 0 and rho < 1):
        raise ValueError("need a non-empty batch and 0 < rho < 1")
    w1, w2 = params["W1"], params["W2"]
    t = x @ w1 + params["b1"]
    act = np.exp(-np.logaddexp(0, -t))
    err = act @ w2 + params["b2"] - x

    # Divergence of every activation from the target, averaged over the samples.
    q = act.clip(eps, 1 - eps)
    divergence = rho * np.log(rho / q) + (1 - rho) * np.log((1 - rho) / (1 - q))
    loss = 0.5 * (err**2).sum() / n + beta * divergence.mean(axis=0).sum()
    loss += 0.5 * weight_decay * sum((w**2).sum() for w in (w1, w2))

    inside = (act >= eps) & (act <= 1 - eps)
    d_act = err @ w2.T / n + beta / n * inside * (-rho / q + (1 - rho) / (1 - q))
    d_t = d_act * act * (1 - act)
    return float(loss), {
        "W1": x.T @ d_t + weight_decay * w1,
        "b1": d_t.sum(0),
        "W2": act.T @ err / n + weight_decay * w2,
        "b2": err.sum(0) / n,
    }
