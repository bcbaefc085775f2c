# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    functions = {
        "tanh": (np.tanh, lambda a: 1.0 - np.tanh(a) ** 2),
        "relu": (lambda a: a.clip(min=0.0), lambda a: np.heaviside(a, 0.0)),
    }
    if activation not in functions:
        raise ValueError(activation)
    phi, slope = functions[activation]
    if x.ndim != 2 or x.shape[0] == 0 or y.shape != x.shape[:1]:
        raise ValueError("shapes")
    p = {name: value.astype(float) for name, value in params.items()}
    classes = p["b2"].size
    if np.any(y < 0) or np.any(y >= classes):
        raise ValueError("labels")
    x = x.astype(float)
    onehot = (y[:, None] == np.arange(classes)).astype(float)

    a = np.einsum("bd,dh->bh", x, p["w1"]) + p["b1"]
    h = phi(a)
    z = np.einsum("bh,hc->bc", h, p["w2"]) + p["b2"]
    log_total = np.logaddexp.reduce(z, axis=1)
    loss = np.mean(log_total - np.einsum("bc,bc->b", z, onehot))

    dz = (np.exp(z - log_total[:, None]) - onehot) / len(x)
    da = np.einsum("bc,hc->bh", dz, p["w2"]) * slope(a)
    return float(loss), {
        "w1": np.einsum("bd,bh->dh", x, da),
        "b1": np.einsum("bh->h", da),
        "w2": np.einsum("bh,bc->hc", h, dz),
        "b2": np.einsum("bc->c", dz),
    }
