# llmprep: optimization/mixed-precision-step
import numpy as np


def mixed_precision_step(master, grad_fn, lr, loss_scale):
    if not (np.isfinite(loss_scale) and loss_scale > 0):
        raise ValueError("loss_scale")
    scaled = grad_fn([np.float16(p) for p in master], loss_scale)
    if len(scaled) != len(master) or any(g.shape != p.shape for g, p in zip(scaled, master)):
        raise ValueError("gradients")
    flat = np.concatenate([np.zeros(0, np.float32), *[g.astype(np.float32).ravel() for g in scaled]])
    taken = bool(np.isfinite(flat).all())
    old = np.concatenate([np.zeros(0, np.float32), *[p.ravel() for p in master]])
    new = np.float32(old.astype(np.float64) - lr / loss_scale * flat) if taken else old
    cuts = np.cumsum([p.size for p in master])[:-1] if master else []
    pieces = np.split(new, cuts) if master else []
    new_master = [np.array(piece.reshape(p.shape)) for piece, p in zip(pieces, master)]
    return new_master, [p.astype(np.float16) for p in new_master], taken
