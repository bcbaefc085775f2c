# llmprep: compression/sparse-autoencoder-loss
import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Loss and gradients in matrix form."""
    n = len(x)
    if n == 0 or not 0 < rho < 1:
        raise ValueError("batch or rho")
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    z = x @ W1 + b1
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    diff = a @ W2 + b2 - x

    q = np.clip(a, eps, 1 - eps)
    kl = rho * np.log(rho / q) + (1 - rho) * np.log((1 - rho) / (1 - q))
    loss = np.sum(diff**2) / (2 * n) + beta * kl.mean(axis=0).sum()
    loss += weight_decay / 2 * (np.sum(W1**2) + np.sum(W2**2))

    dq = beta / n * np.where(q == a, (1 - rho) / (1 - q) - rho / q, 0.0)
    da = diff @ W2.T / n + dq
    dz = da * e / (1 + e) ** 2
    grads = {
        "W1": x.T @ dz + weight_decay * W1,
        "b1": dz.sum(axis=0),
        "W2": a.T @ diff / n + weight_decay * W2,
        "b2": diff.mean(axis=0),
    }
    return float(loss), grads
