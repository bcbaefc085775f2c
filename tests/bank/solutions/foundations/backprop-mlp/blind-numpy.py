# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Softmax cross-entropy, averaged over the batch, of a two-layer classifier, with all parameter gradients."""
    if activation not in ("tanh", "relu"):
        raise ValueError("activation must be 'tanh' or 'relu'")
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y)
    if x.ndim != 2 or x.shape[0] == 0:
        raise ValueError("x must be (B, D) with B > 0")
    w1, b1, w2, b2 = (np.asarray(params[key], dtype=np.float64) for key in ("w1", "b1", "w2", "b2"))
    batch, classes = x.shape[0], w2.shape[1]
    if y.shape != (batch,) or np.any((y < 0) | (y >= classes)):
        raise ValueError("y must be (B,) with labels in [0, C)")

    pre = x @ w1 + b1
    if activation == "tanh":
        hidden = np.tanh(pre)
        slope = 1.0 - hidden**2
    else:
        hidden = np.maximum(pre, 0.0)
        slope = (pre > 0).astype(np.float64)
    logits = hidden @ w2 + b2
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(batch)
    loss = -log_probs[rows, y].mean()

    d_logits = np.exp(log_probs)
    d_logits[rows, y] -= 1.0
    d_logits /= batch
    d_pre = np.einsum("bc,hc->bh", d_logits, w2) * slope
    grads = {
        "w1": np.einsum("bd,bh->dh", x, d_pre),
        "b1": d_pre.sum(axis=0),
        "w2": np.einsum("bh,bc->hc", hidden, d_logits),
        "b2": d_logits.sum(axis=0),
    }
    return float(loss), grads
