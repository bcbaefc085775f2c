# llmprep: compression/fold-batch-norm
import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    """Return weight and bias of the merged layer."""
    if weight.ndim < 2:
        raise ValueError("too few axes")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("groups")
    n_out = weight.shape[0] if not transposed else groups * weight.shape[1]

    def vector(v, default):
        if v is None:
            return np.full(n_out, default, dtype=np.float64)
        if v.shape != (n_out,):
            raise ValueError("expected (C_out,)")
        return v.astype(np.float64)

    b, mu, s2 = vector(bias, 0.0), vector(mean, 0.0), vector(var, 1.0)
    g, sh = vector(gamma, 1.0), vector(beta, 0.0)
    if eps < 0 or np.any(s2 < 0) or np.any(s2 + eps == 0):
        raise ValueError("eps / variance")
    factor = g / np.sqrt(s2 + eps)
    if transposed:
        in_channel = np.arange(weight.shape[0])[:, None]
        local = np.arange(weight.shape[1])[None, :]
        group = in_channel // max(weight.shape[0] // groups, 1)
        per_entry = factor[local * groups + group]
    else:
        per_entry = np.broadcast_to(factor[:, None], weight.shape[:2])
    folded = np.einsum("io...,io->io...", weight.astype(np.float64), per_entry)
    return folded.astype(weight.dtype), (sh + factor * (b - mu)).astype(weight.dtype)
