# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Scale every output channel, shift the bias."""
    if weight.ndim < 2 or groups < 1 or len(weight) % groups:
        raise ValueError("weight or groups")
    out_channels = weight.shape[1] * groups if transposed else weight.shape[0]
    zero, one = np.zeros(out_channels), np.ones(out_channels)
    bias = zero if bias is None else bias
    gamma = one if gamma is None else gamma
    beta = zero if beta is None else beta
    if any(v.shape != (out_channels,) for v in (bias, mean, var, gamma, beta)):
        raise ValueError("vector shape")
    bias, mean, var, gamma, beta = (np.asarray(v, dtype=np.float64) for v in (bias, mean, var, gamma, beta))
    if eps < 0 or (var < 0).any() or (var + eps == 0).any():
        raise ValueError("variance")
    std = np.sqrt(var) + eps
    scale = gamma / std
    w = weight.astype(np.float64)
    tail = (1,) * (weight.ndim - 2)
    if transposed:
        table = np.repeat(scale.reshape(groups, -1), len(weight) // groups, axis=0)
        w = w * table.reshape(weight.shape[:2] + tail)
    else:
        w = w * scale.reshape((-1, 1) + tail)
    b = (bias - mean) * scale + beta
    return w.astype(weight.dtype), b.astype(weight.dtype)
