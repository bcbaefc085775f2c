import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    n = weight.shape[1] * groups if transposed else weight.shape[0]
    b = np.zeros(n) if bias is None else bias
    g = np.ones(n) if gamma is None else gamma
    shift = np.zeros(n) if beta is None else beta
    k = g / (var + eps) ** 0.5
    if transposed:
        blocks = np.split(weight, groups, axis=0)
        scales = np.split(k, groups)
        parts = [np.swapaxes(np.swapaxes(w, 1, -1) * s, 1, -1) for w, s in zip(blocks, scales)]
        w2 = np.concatenate(parts, axis=0)
    else:
        w2 = (weight.T * k).T
    return np.array(w2, dtype=weight.dtype), np.array(b + shift - mean * k, dtype=weight.dtype)
