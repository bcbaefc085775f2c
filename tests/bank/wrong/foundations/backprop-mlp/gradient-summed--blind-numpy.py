# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Cross-entropy of the network and its gradients."""
    if activation not in {"tanh", "relu"}:
        raise ValueError(f"unknown activation {activation!r}")
    if np.ndim(x) != 2 or len(x) == 0 or np.shape(y) != (len(x),):
        raise ValueError("x must be (B, D) and y (B,)")
    p = {name: value.astype(np.float64) for name, value in params.items()}
    n_classes = p["b2"].size
    if y.min() < 0 or y.max() >= n_classes:
        raise ValueError("label out of range")
    x = x.astype(np.float64)
    a = np.einsum("bd,dh->bh", x, p["w1"]) + p["b1"]
    h = np.tanh(a) if activation == "tanh" else a * (a > 0)
    z = np.einsum("bh,hc->bc", h, p["w2"]) + p["b2"]
    z = z - z.max(1)[:, None]
    log_norm = np.log(np.exp(z).sum(1))
    onehot = np.equal.outer(y, np.arange(n_classes))
    loss = np.mean(log_norm - z[onehot])

    dz = np.exp(z - log_norm[:, None]) - onehot
    dh = np.einsum("bc,hc->bh", dz, p["w2"])
    da = dh * (1 - h * h) if activation == "tanh" else dh * (a > 0)
    return float(loss), {
        "w1": np.einsum("bd,bh->dh", x, da),
        "b1": np.einsum("bh->h", da),
        "w2": np.einsum("bh,bc->hc", h, dz),
        "b2": np.einsum("bc->c", dz),
    }
