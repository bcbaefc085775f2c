# llmprep: foundations/backprop-mlp
import math

import numpy as np


def mlp_loss_and_grads(x, y, params, activation="tanh"):
    if activation != "tanh" and activation != "relu":
        raise ValueError("unknown activation")
    if np.ndim(x) != 2 or np.shape(x)[0] < 1:
        raise ValueError("x must be (B, D)")
    batch, width_in = x.shape
    if np.shape(y) != (batch,):
        raise ValueError("y must be (B,)")
    w1, b1, w2, b2 = params["w1"], params["b1"], params["w2"], params["b2"]
    hidden, classes = w2.shape
    for label in y:
        if not 0 <= int(label) < classes:
            raise ValueError("label out of range")
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    total = 0.0
    for row in range(batch):
        h, slope = [], []
        for j in range(hidden):
            a = float(b1[j])
            for i in range(width_in):
                a += float(x[row, i]) * float(w1[i, j])
            if activation == "tanh":
                h.append(math.tanh(a))
                slope.append(1.0 / math.cosh(a) ** 2 if abs(a) < 300 else 0.0)
            else:
                h.append(a if a > 0 else 0.0)
                slope.append(1.0 if a > 0 else 0.0)
        z = []
        for c in range(classes):
            value = float(b2[c])
            for j in range(hidden):
                value += h[j] * float(w2[j, c])
            z.append(value)
        top = max(z)
        log_total = math.log(sum(math.exp(value - top) for value in z))
        total -= z[int(y[row])] - top - log_total
        for c in range(classes):
            g = (math.exp(z[c] - top - log_total) - (c == y[row])) / batch
            grads["b2"][c] += g
            for j in range(hidden):
                grads["w2"][j, c] += h[j] * g
                back = g * float(w2[j, c]) * slope[j]
                grads["b1"][j] += back
                for i in range(width_in):
                    grads["w1"][i, j] += float(x[row, i]) * back
    return total / batch, grads
