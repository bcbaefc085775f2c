import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    n = len(x)
    if not n or not (0 < rho < 1):
        raise ValueError
    z = np.einsum("bi,ih->bh", x, params["W1"]) + params["b1"]
    h = 0.5 * (1 + np.tanh(z / 2))
    e = np.einsum("bh,ho->bo", h, params["W2"]) + params["b2"] - x
    m = np.mean(h, axis=0)
    r = np.clip(m, eps, 1 - eps)
    penalty = (rho * np.log(rho / r) + (1 - rho) * np.log((1 - rho) / (1 - r))).sum()
    l2 = sum(np.sum(params[k] ** 2) for k in ("W1", "W2"))
    slope = np.where(m == r, (1 - rho) / (1 - r) - rho / r, 0)
    dz = (e @ params["W2"].T + beta * slope) * h * (1 - h) / n
    return float(np.sum(e**2) / (2 * n) + beta * penalty + weight_decay / 2 * l2), {
        "W1": x.T @ dz + weight_decay * params["W1"],
        "b1": dz.sum(axis=0),
        "W2": h.T @ e / n + weight_decay * params["W2"],
        "b2": e.mean(axis=0),
    }
