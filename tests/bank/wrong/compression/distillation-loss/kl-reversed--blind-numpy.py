# llmprep: compression/distillation-loss
import numpy as np


def log_probs(z):
    """Stable log-softmax over the last axis."""
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """Distillation loss and its gradient by the student logits."""
    s, t = (np.asarray(z).astype(np.float64) for z in (student_logits, teacher_logits))
    if s.shape != t.shape or len(s) == 0:
        raise ValueError("bad logits")
    n, c = s.shape
    labels = np.asarray(labels)
    if labels.min() < 0 or labels.max() >= c:
        raise ValueError("bad label")
    if not temperature > 0 or not 0 <= alpha <= 1:
        raise ValueError("bad temperature or alpha")

    onehot = np.eye(c)[labels]
    hard = log_probs(s)
    ce = -np.einsum("bc,bc->b", onehot, hard)

    log_q, log_p = log_probs(s / temperature), log_probs(t / temperature)
    q = np.exp(log_q)
    with np.errstate(invalid="ignore"):
        ratio = np.where(q > 0, log_q - log_p, 0.0)
        kl = np.sum(np.where(q > 0, q * ratio, 0.0), axis=1)
        soft_grad = temperature * q * (ratio - kl[:, None])

    loss = np.mean(alpha * ce + (1 - alpha) * temperature**2 * kl)
    grad = (alpha * (np.exp(hard) - onehot) + (1 - alpha) * soft_grad) / n
    return float(loss), grad
