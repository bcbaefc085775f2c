# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Cross-entropy of the network and its gradients."""
    if activation == "tanh":
        phi, dphi = np.tanh, lambda a, h: 1 - h**2
    elif activation == "relu":
        phi, dphi = lambda a: np.maximum(a, 0), lambda a, h: (a > 0) * 1.0
    else:
        raise ValueError("activation is neither tanh nor relu")
    w1, b1, w2, b2 = [np.float64(params[k]) for k in ("w1", "b1", "w2", "b2")]
    x = np.float64(x)
    if x.ndim != 2 or not x.shape[0] or y.shape != x.shape[:1]:
        raise ValueError("shapes of x and y")
    if not np.all((0 <= y) & (y < w2.shape[1])):
        raise ValueError("labels of y")
    a = x @ w1 + b1
    h = phi(a)
    z = h @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    prob = e / e.sum(axis=1, keepdims=True)
    right = np.take_along_axis(prob, y[:, None].astype(np.intp), axis=1)
    loss = -np.log(right).mean()

    dz = (prob - np.eye(w2.shape[1])[y]) / len(x)
    da = dz @ w2.T * dphi(a, h)
    return float(loss), {"w1": x.T @ da, "b1": da.sum(0), "w2": h.T @ dz, "b2": dz.sum(0)}
