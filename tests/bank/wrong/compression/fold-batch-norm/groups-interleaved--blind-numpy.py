# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """One convolution equal to convolution plus inference batch norm."""
    if weight.ndim < 2:
        raise ValueError("weight must have at least two axes")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("groups does not divide the channels")
    first, second = weight.shape[:2]
    count = second * groups if transposed else first
    for vector in (bias, mean, var, gamma, beta):
        if vector is not None and np.shape(vector) != (count,):
            raise ValueError("expected one number per output channel")
    variance = np.float64(var) + eps
    if eps < 0 or np.min(var, initial=0.0) < 0 or not np.all(variance):
        raise ValueError("variance plus eps must be positive")

    scale = 1.0 / np.sqrt(variance)
    if gamma is not None:
        scale = scale * np.float64(gamma)
    offset = -np.float64(mean) * scale
    if bias is not None:
        offset = offset + np.float64(bias) * scale
    if beta is not None:
        offset = offset + np.float64(beta)

    if transposed:
        group = np.arange(first)[:, None] // max(first // groups, 1)
        channel = np.arange(second)[None, :] * groups + group
        table = scale[channel]
    else:
        table = np.broadcast_to(scale[:, None], (first, second))
    table = np.expand_dims(table, tuple(range(2, weight.ndim)))
    return (weight * table).astype(weight.dtype), offset.astype(weight.dtype)
