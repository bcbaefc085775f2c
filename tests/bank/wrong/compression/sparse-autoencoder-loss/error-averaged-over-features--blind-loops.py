# llmprep: compression/sparse-autoencoder-loss
import numpy as np


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Half mean squared error, KL sparsity, decay."""
    if x.shape[0] == 0:
        raise ValueError("no samples")
    if not (rho > 0 and rho < 1):
        raise ValueError("rho")
    W1, W2 = params["W1"], params["W2"]
    pre = x.dot(W1) + params["b1"]
    act = 0.5 * (1 + np.tanh(pre / 2))
    residual = act.dot(W2) + params["b2"] - x
    mse = 0.5 * np.mean(residual**2)
    d_out = residual / residual.size

    usage = act.mean(axis=0)
    safe = np.clip(usage, eps, 1 - eps)
    kl = np.sum(rho * (np.log(rho) - np.log(safe)) + (1 - rho) * (np.log(1 - rho) - np.log(1 - safe)))
    inside = (usage >= eps) & (usage <= 1 - eps)
    d_usage = beta * ((1 - rho) / (1 - safe) - rho / safe) * inside
    d_pre = (d_out.dot(W2.T) + d_usage / len(x)) * act * (1 - act)

    decay = 0.5 * weight_decay * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)
    grads = {}
    grads["W1"] = x.T.dot(d_pre) + weight_decay * W1
    grads["b1"] = np.sum(d_pre, axis=0)
    grads["W2"] = act.T.dot(d_out) + weight_decay * W2
    grads["b2"] = np.sum(d_out, axis=0)
    return float(mse + beta * kl + decay), grads
