# llmprep: optimization/mixed-precision-step
import math

import numpy as np


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    if math.isnan(loss_scale) or math.isinf(loss_scale) or loss_scale <= 0:
        raise ValueError("loss_scale")
    half = []
    for array in master:
        half.append(array.astype(np.float16))
    grads = grad_fn(half, loss_scale)
    if len(grads) != len(master):
        raise ValueError("number of gradients")
    for array, grad in zip(master, grads):
        if array.shape != grad.shape:
            raise ValueError("shape of a gradient")
    taken = True
    for grad in grads:
        for value in grad.ravel():
            if math.isnan(value) or math.isinf(value):
                taken = False
    new_master, weights = [], []
    for array, grad in zip(master, grads):
        new = np.array(array, dtype=np.float32)
        if taken:
            for index in np.ndindex(array.shape):
                new[index] = np.float32(np.float16(array[index])) - np.float32(lr) * np.float32(
                    grad[index]
                ) / np.float32(loss_scale)
        new_master.append(new)
        weights.append(new.astype(np.float16))
    return new_master, weights, taken
