# llmprep: compression/distillation-loss
import numpy as np


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """CE plus softened KL, with gradient."""
    s = np.array(student_logits, dtype=np.float64)
    t = np.array(teacher_logits, dtype=np.float64)
    y = np.asarray(labels)
    if s.shape != t.shape or s.shape[0] == 0:
        raise ValueError("shapes")
    if (y < 0).any() or (y >= s.shape[1]).any():
        raise ValueError("labels")
    if not temperature > 0 or not (0 <= alpha <= 1):
        raise ValueError("hyperparameters")
    B = len(s)
    rows = np.arange(B)
    T = temperature
    with np.errstate(all="ignore"):
        hard = log_softmax(s)
        lq, lp = log_softmax(s / T), log_softmax(t / T)
        q = np.exp(lq)
        diff = np.where(q > 0, lq - lp, 0.0)
        kl = (q * diff).sum(axis=1)
        loss = np.mean(-alpha * hard[rows, y] + (1 - alpha) * T * T * kl)
        grad = alpha * np.exp(hard)
        grad[rows, y] -= alpha
        grad += (1 - alpha) * T * q * (diff - kl[:, None])
    return float(loss), grad / B
