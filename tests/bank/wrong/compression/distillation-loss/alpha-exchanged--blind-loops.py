# llmprep: compression/distillation-loss
import numpy as np


def _softmax_pair(z):
    shifted = z - np.max(z, axis=-1, keepdims=True)
    e = np.exp(shifted)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / total, shifted - np.log(total)


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """Knowledge distillation loss and gradient."""
    student = np.asarray(student_logits, dtype=float)
    teacher = np.asarray(teacher_logits, dtype=float)
    if student.shape != teacher.shape:
        raise ValueError("logit shapes differ")
    B, C = student.shape
    if B == 0:
        raise ValueError("empty batch")
    labels = np.asarray(labels)
    if np.min(labels) < 0 or np.max(labels) > C - 1:
        raise ValueError("label range")
    if not (temperature > 0):
        raise ValueError("temperature")
    if not (alpha >= 0 and alpha <= 1):
        raise ValueError("alpha")

    probs, log_probs = _softmax_pair(student)
    onehot = np.eye(C)[labels]
    ce = -log_probs[np.arange(B), labels].mean()
    ce_grad = (probs - onehot) / B

    p, log_p = _softmax_pair(teacher / temperature)
    q, log_q = _softmax_pair(student / temperature)
    terms = np.zeros_like(p)
    live = p > 0
    terms[live] = p[live] * (log_p[live] - log_q[live])
    soft = temperature**2 * terms.sum() / B
    soft_grad = temperature * (q - p) / B

    return float(alpha * soft + (1 - alpha) * ce), alpha * soft_grad + (1 - alpha) * ce_grad
