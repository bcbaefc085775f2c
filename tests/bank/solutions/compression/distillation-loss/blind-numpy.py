# llmprep: compression/distillation-loss
import numpy as np


def _log_softmax(logits):
    """Row-wise log-softmax; a -inf logit stays -inf."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """Hard-label cross-entropy mixed with the softened KL to the teacher, averaged over the batch.

    Return (loss, grad) with grad the derivative by the (B, C) student logits.
    """
    student = np.asarray(student_logits, dtype=np.float64)
    teacher = np.asarray(teacher_logits, dtype=np.float64)
    labels = np.asarray(labels)
    if student.shape != teacher.shape:
        raise ValueError("logits differ in shape")
    batch, classes = student.shape
    if batch == 0:
        raise ValueError("empty batch")
    if np.any((labels < 0) | (labels >= classes)):
        raise ValueError("label out of range")
    if not temperature > 0:
        raise ValueError("temperature must be positive")
    if not 0 <= alpha <= 1:
        raise ValueError("alpha must lie in [0, 1]")

    rows = np.arange(batch)
    log_hard = _log_softmax(student)
    log_q = _log_softmax(student / temperature)
    log_p = _log_softmax(teacher / temperature)
    p, q = np.exp(log_p), np.exp(log_q)

    cross_entropy = -log_hard[rows, labels].mean()
    log_ratio = np.subtract(log_p, log_q, out=np.zeros_like(p), where=p > 0)
    kl = np.einsum("bc,bc->", p, log_ratio) / batch
    loss = alpha * cross_entropy + (1 - alpha) * temperature**2 * kl

    hard_grad = np.exp(log_hard)
    hard_grad[rows, labels] -= 1.0
    grad = (alpha * hard_grad + (1 - alpha) * temperature * (q - p)) / batch
    return float(loss), grad
