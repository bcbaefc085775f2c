# mistake: none
# p log p of a ruled-out class comes to NaN.
import numpy as np


def log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    if student_logits.shape != teacher_logits.shape or not student_logits.size:
        raise ValueError("student and teacher must have one shape, with at least one row")
    if not temperature > 0 or not 0 <= alpha <= 1:
        raise ValueError("temperature must be above 0 and alpha within [0, 1]")
    batch, classes = student_logits.shape
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError("a label is not a class")
    student = student_logits.astype(np.float64)
    teacher = teacher_logits.astype(np.float64)

    log_prob = log_softmax(student)
    one_hot = np.eye(classes)[labels]
    hard = -log_prob[np.arange(batch), labels].mean()
    hard_grad = np.exp(log_prob) - one_hot

    log_p = log_softmax(teacher / temperature)
    log_q = log_softmax(student / temperature)
    p = np.exp(log_p)
    log_ratio = log_p - log_q
    soft = temperature**2 * (p * log_ratio).sum(axis=1).mean()
    soft_grad = temperature * (np.exp(log_q) - p)  # T^2 from the loss, 1/T from s / T

    loss = alpha * hard + (1 - alpha) * soft
    return float(loss), (alpha * hard_grad + (1 - alpha) * soft_grad) / batch