# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Absorb an inference batch norm into the (possibly grouped or transposed) convolution in front of it."""
    weight = np.asarray(weight)
    if weight.ndim < 2:
        raise ValueError("weight needs at least two axes")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("groups must divide the first axis of weight")
    channels = weight.shape[1] * groups if transposed else weight.shape[0]

    def vector(values, default):
        if values is None:
            return np.full(channels, default)
        values = np.asarray(values, dtype=np.float64)
        if values.shape != (channels,):
            raise ValueError("every vector must have shape (C_out,)")
        return values

    bias, mean, var = vector(bias, 0.0), vector(mean, 0.0), vector(var, 1.0)
    gamma, beta = vector(gamma, 1.0), vector(beta, 0.0)
    if eps < 0 or np.any(var < 0) or np.any(var + eps == 0):
        raise ValueError("eps and variances must be non-negative, their sums positive")

    scale = gamma / np.sqrt(var + eps)
    if transposed:
        # Input channel i meets only the output channels of its own group.
        per_filter = np.repeat(scale.reshape(groups, weight.shape[1]), weight.shape[0] // groups, axis=0)
        folded = np.einsum("io...,io->io...", weight.astype(np.float64), per_filter)
    else:
        folded = np.einsum("o...,o->o...", weight.astype(np.float64), scale)
    shift = (bias - mean) * scale + beta
    return folded.astype(weight.dtype), shift.astype(weight.dtype)
