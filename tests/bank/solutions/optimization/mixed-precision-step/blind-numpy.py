# llmprep: optimization/mixed-precision-step
import numpy as np


def _to_half(arrays):
    """New float16 copies; values beyond the range become inf without a warning."""
    with np.errstate(over="ignore"):
        return [array.astype(np.float16) for array in arrays]


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """One SGD step on float32 weights with float16 gradients; return (new_master, weights, taken)."""
    if not (np.isfinite(loss_scale) and loss_scale > 0):
        raise ValueError("loss_scale must be positive and finite")
    grads = grad_fn(_to_half(master), loss_scale)
    if len(grads) != len(master) or any(g.shape != w.shape for g, w in zip(grads, master)):
        raise ValueError("gradients do not match the weights")

    taken = all(bool(np.isfinite(grad).all()) for grad in grads)
    if taken:
        rate, scale = np.float32(lr), np.float32(loss_scale)
        new_master = [weight - rate * (grad.astype(np.float32) / scale) for weight, grad in zip(master, grads)]
    else:
        new_master = [weight.copy() for weight in master]
    return new_master, _to_half(new_master), taken
