# llmprep: foundations/backprop-mlp
import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Softmax with the maximum taken off, one-hot targets."""
    if activation == "tanh":
        phi, slope = np.tanh, lambda pre, post: 1 - post * post
    elif activation == "relu":
        phi, slope = lambda pre: np.where(pre > 0, pre, 0.0), lambda pre, post: (pre > 0).astype(np.float64)
    else:
        raise ValueError(activation)
    if x.ndim != 2 or x.shape[0] < 1:
        raise ValueError("x")
    if y.shape != (x.shape[0],):
        raise ValueError("y")
    p64 = {k: v.astype(np.float64) for k, v in params.items()}
    classes = p64["b2"].shape[0]
    if np.any(y < 0) or np.any(y >= classes):
        raise ValueError("label")
    x64 = x.astype(np.float64)
    pre = x64.dot(p64["w1"]) + p64["b1"]
    post = phi(pre)
    logits = post.dot(p64["w2"]) + p64["b2"]
    weights = np.exp(logits - np.max(logits, axis=1)[:, None])
    probs = weights / np.sum(weights, axis=1)[:, None]
    onehot = np.eye(classes)[y]
    with np.errstate(divide="ignore"):
        loss = float(np.mean(-np.log(np.sum(probs * onehot, axis=1))))
    d_logits = (probs - onehot) / x.shape[0]
    d_pre = d_logits.dot(p64["w2"].T) * slope(pre, post)
    return loss, {
        "w1": x64.T.dot(d_pre),
        "b1": np.sum(d_pre, axis=0),
        "w2": post.T.dot(d_logits),
        "b2": np.sum(d_logits, axis=0),
    }
