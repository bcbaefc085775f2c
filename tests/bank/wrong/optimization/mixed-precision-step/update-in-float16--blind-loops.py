# llmprep: optimization/mixed-precision-step
import numpy as np


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """One mixed-precision SGD step."""
    if not np.isfinite(loss_scale) or loss_scale <= 0:
        raise ValueError("loss_scale")
    with np.errstate(over="ignore", invalid="ignore"):
        half = [w.astype(np.float16) for w in master]
        grads = grad_fn([h.copy() for h in half], loss_scale)
        if [g.shape for g in grads] != [w.shape for w in master]:
            raise ValueError("gradients do not match")
        if not all(np.all(np.isfinite(g)) for g in grads):
            return [w.copy() for w in master], half, False
        new_master = []
        for h, g in zip(half, grads):
            update = lr * g.astype(np.float32) / loss_scale
            new_master.append((h - update.astype(np.float16)).astype(np.float32))
        return new_master, [w.astype(np.float16) for w in new_master], True
