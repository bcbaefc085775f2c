import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    n = x.shape[0]
    if n < 1 or rho <= 0 or rho >= 1:
        raise ValueError
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    z = x @ W1 + b1
    h = np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
    diff = h @ W2 + b2 - x
    m = h.sum(0) / n
    r = np.minimum(np.maximum(m, eps), 1 - eps)
    inside = (m >= eps) & (m <= 1 - eps)
    kl = np.sum(r * np.log(r / rho) + (1 - r) * np.log((1 - r) / (1 - rho)))
    loss = 0.5 * np.sum(diff * diff) / n + beta * kl + 0.5 * weight_decay * (np.sum(W1 * W1) + np.sum(W2 * W2))
    gy = diff / n
    gh = gy @ W2.T + beta / n * np.where(inside, np.log(r * (1 - rho) / (rho * (1 - r))), 0.0)
    gz = gh * h * (1 - h)
    return loss, {
        "W1": x.T @ gz + weight_decay * W1,
        "b1": gz.sum(0),
        "W2": h.T @ gy + weight_decay * W2,
        "b2": gy.sum(0),
    }
