# llmprep: optimization/mixed-precision-step
import numpy as np


@np.errstate(over="ignore")
def mixed_precision_step(master, grad_fn, lr, loss_scale):
    """Run forward and backward in float16, update in float32."""
    if np.isnan(loss_scale) or np.isinf(loss_scale) or loss_scale <= 0:
        raise ValueError("loss_scale must be positive and finite")
    weights = [param.astype("float16") for param in master]
    grads = grad_fn([weight.copy() for weight in weights], loss_scale)
    if len(grads) != len(master):
        raise ValueError("wrong number of gradients")
    for grad, param in zip(grads, master):
        if grad.shape != param.shape:
            raise ValueError("wrong gradient shape")

    taken = bool(np.all([np.all(np.isfinite(grad)) for grad in grads]))
    new_master = [param.copy() for param in master]
    if taken:
        for param, grad in zip(new_master, grads):
            param -= np.float32(lr) * (grad.astype(np.float32) / np.float32(loss_scale))
    return new_master, weights, taken
