# llmprep: foundations/backprop-mlp
import math

import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    """Mean softmax cross-entropy of an MLP with one hidden layer, and its gradients."""
    if activation not in ("tanh", "relu"):
        raise ValueError("unknown activation")
    if x.ndim != 2 or x.shape[0] == 0:
        raise ValueError("x must be a batch of at least one row")
    batch, width = x.shape
    if y.shape != (batch,):
        raise ValueError("y must have one label per row")
    w1 = params["w1"].astype(np.float64).tolist()
    b1 = params["b1"].astype(np.float64).tolist()
    w2 = params["w2"].astype(np.float64).tolist()
    b2 = params["b2"].astype(np.float64).tolist()
    hidden, classes = len(b1), len(b2)
    labels = y.tolist()
    for label in labels:
        if not 0 <= label < classes:
            raise ValueError("label out of range")

    grads = {
        "w1": np.zeros((width, hidden)),
        "b1": np.zeros(hidden),
        "w2": np.zeros((hidden, classes)),
        "b2": np.zeros(classes),
    }
    loss = 0.0
    for row, label in zip(x.astype(np.float64).tolist(), labels):
        h, slope = [], []
        for j in range(hidden):
            a = b1[j]
            for d in range(width):
                a += row[d] * w1[d][j]
            if activation == "tanh":
                value = math.tanh(a)
                h.append(value)
                slope.append((1 - value) * (1 + value))
            else:
                h.append(a if a > 0 else 0.0)
                slope.append(1.0 if a > 0 else 0.0)
        z = []
        for c in range(classes):
            logit = b2[c]
            for j in range(hidden):
                logit += h[j] * w2[j][c]
            z.append(logit)

        top = max(z)
        exps = [math.exp(logit - top) for logit in z]
        total = sum(exps)
        others = 0.0
        for c in range(classes):
            if c != label:
                others += exps[c]
        if z[label] == top:
            loss += math.log1p(others)
        else:
            loss += math.log(total) + (top - z[label])

        dz = [e / total / batch for e in exps]
        dz[label] = -others / total / batch
        for c in range(classes):
            grads["b2"][c] += dz[c]
        for j in range(hidden):
            dh = 0.0
            for c in range(classes):
                grads["w2"][j, c] += h[j] * dz[c]
                dh += dz[c] * w2[j][c]
            da = dh * slope[j]
            grads["b1"][j] += da
            for d in range(width):
                grads["w1"][d, j] += row[d] * da
    return loss / batch, grads
