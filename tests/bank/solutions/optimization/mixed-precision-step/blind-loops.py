# llmprep: optimization/mixed-precision-step
import math

import numpy as np


def _half(arrays):
    with np.errstate(over="ignore"):
        return [np.asarray(w).astype(np.float16) for w in arrays]


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """One SGD step with float16 gradients on float32 master weights; gives (new_master, weights, taken)."""
    if not (loss_scale > 0 and math.isfinite(loss_scale)):
        raise ValueError("loss_scale must be positive and finite")
    grads = list(grad_fn(_half(master), loss_scale))
    if len(grads) != len(master):
        raise ValueError("one gradient per master weight array")
    for w, g in zip(master, grads):
        if np.shape(w) != np.shape(g):
            raise ValueError("a gradient has not the shape of its weights")

    taken = True
    for g in grads:
        for v in np.asarray(g).ravel().tolist():
            if not math.isfinite(v):
                taken = False

    new_master = [np.array(w, dtype=np.float32) for w in master]
    if taken:
        with np.errstate(all="ignore"):
            rate, scale = np.float32(lr), np.float32(loss_scale)
            for w, g in zip(new_master, grads):
                for index in np.ndindex(w.shape):
                    w[index] = w[index] - rate * np.float32(g[index]) / scale
    return new_master, _half(new_master), taken
