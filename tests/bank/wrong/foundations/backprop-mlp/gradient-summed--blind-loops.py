# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Vectorized forward and backward pass."""
    if activation not in {"tanh", "relu"} or x.ndim != 2 or len(x) == 0 or y.shape != x.shape[:1]:
        raise ValueError("arguments")
    w1, b1, w2, b2 = (np.asarray(params[k], dtype=np.float64) for k in ("w1", "b1", "w2", "b2"))
    if y.min() < 0 or y.max() >= b2.size:
        raise ValueError("labels")
    inputs = x.astype(np.float64)
    a = inputs @ w1 + b1
    h = np.tanh(a) if activation == "tanh" else np.maximum(a, 0)
    z = h @ w2 + b2
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -logp[rows, y].mean()
    delta = np.exp(logp)
    delta[rows, y] -= 1
    back = delta @ w2.T * (1 - h**2 if activation == "tanh" else (a > 0))
    grads = {"w1": inputs.T @ back, "b1": back.sum(0), "w2": h.T @ delta, "b2": delta.sum(0)}
    return float(loss), grads
