# llmprep: compression/distillation-loss
import math

import numpy as np


def _log_softmax(row, temperature):
    top = max(row)
    shifted = [(v - top) / temperature for v in row]
    log_sum = math.log(sum(math.exp(v) for v in shifted))
    return [v - log_sum for v in shifted]


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """Mean of alpha * CE + (1 - alpha) * T^2 * KL, and its gradient with respect to the student's logits."""
    student = np.asarray(student_logits).astype(np.float64)
    teacher = np.asarray(teacher_logits).astype(np.float64)
    labels = np.asarray(labels)
    if student.ndim != 2 or student.shape != teacher.shape:
        raise ValueError("logits must be two (B, C) arrays of one shape")
    batch, classes = student.shape
    if batch == 0:
        raise ValueError("the batch is empty")
    if labels.shape != (batch,):
        raise ValueError("one label per example")
    for y in labels.tolist():
        if not 0 <= y < classes:
            raise ValueError("label outside of the classes")
    if not temperature > 0:
        raise ValueError("temperature must be positive")
    if not 0 <= alpha <= 1:
        raise ValueError("alpha must be in [0, 1]")
    temperature, alpha = float(temperature), float(alpha)

    total = 0.0
    grad = np.zeros((batch, classes), dtype=np.float64)
    for i in range(batch):
        s_row, t_row, y = student[i].tolist(), teacher[i].tolist(), int(labels[i])
        hard = _log_softmax(s_row, 1.0)
        log_q = _log_softmax(s_row, temperature)
        log_p = _log_softmax(t_row, temperature)
        divergence = 0.0
        for c in range(classes):
            p = math.exp(log_p[c])
            if p > 0.0:
                divergence += p * (log_p[c] - log_q[c])
            d_hard = math.exp(hard[c]) - (1.0 if c == y else 0.0)
            d_soft = temperature * (math.exp(log_q[c]) - p)
            grad[i, c] = (alpha * d_hard + (1.0 - alpha) * d_soft) / batch
        total += alpha * -hard[y] + (1.0 - alpha) * temperature**2 * divergence
    return float(total / batch), grad
