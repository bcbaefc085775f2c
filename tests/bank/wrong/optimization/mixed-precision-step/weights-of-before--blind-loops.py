# llmprep: optimization/mixed-precision-step
import numpy as np


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """One mixed-precision SGD step."""
    if not 0 < loss_scale < np.inf:
        raise ValueError("loss_scale must be positive and finite")
    weights = []
    with np.errstate(over="ignore"):
        for m in master:
            weights.append(m.astype("float16"))
    grads = grad_fn(weights, loss_scale)
    if len(grads) != len(master) or any(g.shape != m.shape for g, m in zip(grads, master)):
        raise ValueError("gradient shapes")
    grads32 = [np.array(g, dtype="float32") for g in grads]
    taken = not any(np.isinf(g).any() or np.isnan(g).any() for g in grads32)
    if taken:
        new_master = [m - np.float32(lr) * g / np.float32(loss_scale) for m, g in zip(master, grads32)]
    else:
        new_master = [m.copy() for m in master]
    return new_master, weights, taken
