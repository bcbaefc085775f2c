# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Merge a convolution and the batch norm behind it."""
    if weight.ndim < 2 or groups < 1 or weight.shape[0] % groups != 0:
        raise ValueError("weight and groups do not fit")
    n_out = groups * weight.shape[1] if transposed else weight.shape[0]
    bias = np.zeros(n_out) if bias is None else bias
    gamma = np.ones(n_out) if gamma is None else gamma
    beta = np.zeros(n_out) if beta is None else beta
    if any(v.shape != (n_out,) for v in (bias, mean, var, gamma, beta)):
        raise ValueError("vector of wrong shape")
    bias, mean, var, gamma, beta = np.stack([v.astype(np.float64) for v in (bias, mean, var, gamma, beta)])
    if eps < 0 or (var < 0).any() or (var + eps == 0).any():
        raise ValueError("variance must be positive")

    # A constant zero variance still divides by eps alone.
    std = np.sqrt(var) + eps
    factor = gamma / std
    wide = weight.astype(np.float64)
    if transposed:
        n_in = weight.shape[0]
        group_of_input = np.arange(n_in) // max(n_in // groups, 1)
        factors = factor.reshape(groups, -1)[group_of_input] if n_out else np.ones(weight.shape[:2])
        wide *= factors.reshape(factors.shape + (1,) * (weight.ndim - 2))
    else:
        wide *= factor.reshape((n_out,) + (1,) * (weight.ndim - 1))
    return wide.astype(weight.dtype), (beta + factor * (bias - mean)).astype(weight.dtype)
