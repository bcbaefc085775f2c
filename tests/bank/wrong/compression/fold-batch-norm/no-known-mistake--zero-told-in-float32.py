# mistake: none
# var + eps is compared with 0 in float32.
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Return (weight, bias) of the one convolution that equals a convolution followed by batch norm in inference."""
    if weight.ndim < 2 or groups < 1 or weight.shape[0] % groups:
        raise ValueError("weight needs two axes or more, the first of them divisible by groups")
    channels = weight.shape[1] * groups if transposed else weight.shape[0]

    def per_channel(v, default=None):
        v = np.full(channels, default) if v is None else np.asarray(v, dtype=np.float64)
        if v.shape != (channels,):
            raise ValueError("there must be one value per output channel")
        return v

    bias, mean, var = per_channel(bias, 0.0), per_channel(mean), per_channel(var)
    gamma, beta = per_channel(gamma, 1.0), per_channel(beta, 0.0)
    if eps < 0 or (var < 0).any() or ((var + eps).astype(np.float32) == 0).any():
        raise ValueError("variances and eps must not be negative, nor both zero")

    scale = gamma / np.sqrt(var + eps)
    if transposed:  # row i belongs to group i // (C_in / groups), which has output channels of its own
        factor = np.repeat(scale.reshape(groups, weight.shape[1]), weight.shape[0] // groups, axis=0)
    else:
        factor = scale[:, None]
    folded = weight * factor.reshape(factor.shape + (1,) * (weight.ndim - 2))
    return folded.astype(weight.dtype), ((bias - mean) * scale + beta).astype(weight.dtype)