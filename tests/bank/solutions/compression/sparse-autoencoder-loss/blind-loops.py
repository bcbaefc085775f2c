# llmprep: compression/sparse-autoencoder-loss
import math

import numpy as np


def sigmoid(t):
    """Logistic function of a number, without overflow."""
    small = math.exp(-abs(t))
    return 1.0 / (1.0 + small) if t >= 0 else small / (1.0 + small)


def sparse_autoencoder_loss(params, x, rho=0.05, beta=3.0, weight_decay=1e-4, eps=1e-6):
    """Loss of a sparse autoencoder (reconstruction, KL penalty, decay) and its gradient by every parameter."""
    if not 0 < rho < 1:
        raise ValueError("rho must lie strictly between 0 and 1")
    batch, width = x.shape
    if batch == 0:
        raise ValueError("empty batch")
    w1, b1 = params["W1"].tolist(), params["b1"].tolist()
    w2, b2 = params["W2"].tolist(), params["b2"].tolist()
    rows = x.tolist()
    hidden = len(b1)

    act, act_slope, error = [], [], []
    reconstruction = 0.0
    for row in rows:
        units, slopes = [], []
        for j in range(hidden):
            pre = b1[j]
            for d in range(width):
                pre += row[d] * w1[d][j]
            units.append(sigmoid(pre))
            slopes.append(sigmoid(pre) * sigmoid(-pre))
        differences = []
        for d in range(width):
            out = b2[d]
            for j in range(hidden):
                out += units[j] * w2[j][d]
            differences.append(out - row[d])
            reconstruction += (out - row[d]) ** 2
        act.append(units)
        act_slope.append(slopes)
        error.append(differences)
    loss = reconstruction / (2 * batch)

    kl_slope = []
    for j in range(hidden):
        total = 0.0
        for i in range(batch):
            total += act[i][j]
        mean = total / batch
        clipped = min(max(mean, eps), 1 - eps)
        loss += beta * (rho * math.log(rho / clipped) + (1 - rho) * math.log((1 - rho) / (1 - clipped)))
        if clipped == mean:
            kl_slope.append(beta * (-rho / mean + (1 - rho) / (1 - mean)) / batch)
        else:
            kl_slope.append(0.0)

    grads = {
        "W1": np.zeros((width, hidden)),
        "b1": np.zeros(hidden),
        "W2": np.zeros((hidden, width)),
        "b2": np.zeros(width),
    }
    for j in range(hidden):
        for d in range(width):
            loss += weight_decay / 2 * (w1[d][j] ** 2 + w2[j][d] ** 2)
            grads["W1"][d, j] = weight_decay * w1[d][j]
            grads["W2"][j, d] = weight_decay * w2[j][d]
    for i in range(batch):
        for d in range(width):
            grads["b2"][d] += error[i][d] / batch
        for j in range(hidden):
            upstream = kl_slope[j]
            for d in range(width):
                upstream += error[i][d] / batch * w2[j][d]
                grads["W2"][j, d] += act[i][j] * error[i][d] / batch
            delta = upstream * act_slope[i][j]
            grads["b1"][j] += delta
            for d in range(width):
                grads["W1"][d, j] += rows[i][d] * delta
    return float(loss), grads
