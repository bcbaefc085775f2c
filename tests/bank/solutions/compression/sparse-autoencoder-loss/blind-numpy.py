# llmprep: compression/sparse-autoencoder-loss
import numpy as np


def sigmoid(z):
    """Logistic function whose exponent is never positive."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Loss of a one-layer sparse autoencoder on a batch and its derivative by each parameter."""
    x = np.asarray(x, dtype=np.float64)
    w1, b1, w2, b2 = (params[key] for key in ("W1", "b1", "W2", "b2"))
    batch = x.shape[0]
    if batch == 0:
        raise ValueError("empty batch")
    if not 0 < rho < 1:
        raise ValueError("rho must lie strictly between 0 and 1")

    pre = np.einsum("bd,dh->bh", x, w1) + b1
    hidden = sigmoid(pre)
    residual = hidden @ w2 + b2 - x
    mean_hidden = hidden.mean(axis=0)
    rho_hat = np.clip(mean_hidden, eps, 1 - eps)
    kl = rho * np.log(rho / rho_hat) + (1 - rho) * np.log((1 - rho) / (1 - rho_hat))
    loss = (
        np.einsum("bd,bd->", residual, residual) / (2 * batch)
        + beta * kl.sum()
        + weight_decay / 2 * (np.sum(w1**2) + np.sum(w2**2))
    )

    kl_slope = np.where(mean_hidden == rho_hat, (1 - rho) / (1 - rho_hat) - rho / rho_hat, 0.0)
    d_out = residual / batch
    d_hidden = np.einsum("bd,hd->bh", d_out, w2) + beta / batch * kl_slope
    d_pre = d_hidden * hidden * sigmoid(-pre)
    grads = {
        "W1": np.einsum("bd,bh->dh", x, d_pre) + weight_decay * w1,
        "b1": d_pre.sum(axis=0),
        "W2": np.einsum("bh,bd->hd", hidden, d_out) + weight_decay * w2,
        "b2": d_out.sum(axis=0),
    }
    return float(loss), grads
