# llmprep: optimization/mixed-precision-step
import numpy as np


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """SGD with float16 forward and backward passes."""
    if not 0 < loss_scale < np.inf:
        raise ValueError("loss_scale")
    with np.errstate(over="ignore", invalid="ignore"):
        half = [w.astype(np.float16) for w in master]
        grads = grad_fn([h.copy() for h in half], loss_scale)
        if [g.shape for g in grads] != [w.shape for w in master]:
            raise ValueError("gradients")

        if not all(np.isfinite(g).all() for g in grads):
            return [w.copy() for w in master], half, False

        steps = [(np.float32(lr) * g.astype(np.float32) / np.float32(loss_scale)).astype(np.float16) for g in grads]
        weights = [h - step for h, step in zip(half, steps)]
        new_master = [w.astype(np.float32) for w in weights]
    return new_master, weights, True
