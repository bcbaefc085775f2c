# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Absorb an inference batch norm into the convolution before it; return its new weight and bias."""
    if weight.ndim < 2:
        raise ValueError("weight needs at least two axes")
    if groups < 1 or weight.shape[0] % groups != 0:
        raise ValueError("groups must divide the first axis")
    if transposed:
        channels = weight.shape[1] * groups
    else:
        channels = weight.shape[0]
    for vector in (bias, mean, var, gamma, beta):
        if vector is not None and vector.shape != (channels,):
            raise ValueError("a vector is not of shape (C_out,)")
    if eps < 0:
        raise ValueError("eps is negative")
    variance = var.astype(np.float64)
    center = mean.astype(np.float64)
    old_bias = np.zeros(channels) if bias is None else bias.astype(np.float64)
    scale = np.ones(channels) if gamma is None else gamma.astype(np.float64)
    shift = np.zeros(channels) if beta is None else beta.astype(np.float64)

    factor = np.zeros(channels)
    new_bias = np.zeros(channels)
    for c in range(channels):
        if variance[c] < 0 or variance[c] + float(eps) == 0:
            raise ValueError("variance is negative, or var + eps is 0")
        factor[c] = scale[c] / np.sqrt(variance[c] + float(eps))
        new_bias[c] = (old_bias[c] - center[c]) * factor[c] + shift[c]

    new_weight = weight.astype(np.float64)
    if transposed:
        per_group_in = weight.shape[0] // groups
        per_group_out = weight.shape[1]
        for i in range(weight.shape[0]):
            group = i // per_group_in
            for o in range(per_group_out):
                new_weight[i, o] = new_weight[i, o] * factor[group * per_group_out + o]
    else:
        for c in range(channels):
            new_weight[c] = new_weight[c] * factor[c]
    with np.errstate(over="ignore"):
        return new_weight.astype(weight.dtype), new_bias.astype(weight.dtype)
