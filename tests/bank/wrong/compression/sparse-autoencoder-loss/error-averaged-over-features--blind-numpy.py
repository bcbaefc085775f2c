# llmprep: compression/sparse-autoencoder-loss
import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Objective of the sparse autoencoder and its gradients."""
    if x.shape[0] < 1:
        raise ValueError("batch is empty")
    if not 0.0 < rho < 1.0:
        raise ValueError("rho is not a proper probability")
    t = np.einsum("bd,dh->bh", x, params["W1"]) + params["b1"]
    a = 0.5 * (1.0 + np.tanh(0.5 * t))
    diff = np.einsum("bh,hd->bd", a, params["W2"]) + params["b2"] - x

    average = a.mean(0)
    target = np.minimum(np.maximum(average, eps), 1 - eps)
    penalty = np.sum(rho * (np.log(rho) - np.log(target)) + (1 - rho) * (np.log1p(-rho) - np.log1p(-target)))
    decay = np.vdot(params["W1"], params["W1"]) + np.vdot(params["W2"], params["W2"])
    loss = 0.5 * np.mean(diff**2) + beta * penalty + 0.5 * weight_decay * decay

    g_out = diff / diff.size
    g_avg = beta * (target - rho) / (target * (1 - target))
    g_avg[(average < eps) | (average > 1 - eps)] = 0
    g_t = (np.einsum("bd,hd->bh", g_out, params["W2"]) + g_avg / len(x)) * (a * (1 - a))
    grads = {
        "W1": np.einsum("bd,bh->dh", x, g_t) + weight_decay * params["W1"],
        "b1": np.einsum("bh->h", g_t),
        "W2": np.einsum("bh,bd->hd", a, g_out) + weight_decay * params["W2"],
        "b2": np.einsum("bd->d", g_out),
    }
    return float(loss), grads
