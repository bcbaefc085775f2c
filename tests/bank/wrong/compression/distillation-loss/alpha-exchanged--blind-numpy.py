# llmprep: compression/distillation-loss
import numpy as np


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    """Weighted sum of the soft and the hard loss, and its gradient."""
    if np.shape(student_logits) != np.shape(teacher_logits):
        raise ValueError("shapes of the logits differ")
    size, num_classes = np.shape(student_logits)
    if size == 0:
        raise ValueError("no samples")
    if not np.isin(labels, np.arange(num_classes)).all():
        raise ValueError("labels must be classes")
    if not (temperature > 0):
        raise ValueError("temperature must be > 0")
    if not (alpha >= 0 and alpha <= 1):
        raise ValueError("alpha must be in [0, 1]")

    # One stacked log-softmax: student, softened student, softened teacher.
    student = np.asarray(student_logits, dtype=np.float64)
    teacher = np.asarray(teacher_logits, dtype=np.float64)
    stacked = np.stack([student, student / temperature, teacher / temperature])
    stacked -= stacked.max(axis=2, keepdims=True)
    logs = stacked - np.log(np.exp(stacked).sum(axis=2, keepdims=True))
    hard, soft, target = np.exp(logs)

    truth = np.zeros_like(student)
    truth[np.arange(size), labels] = 1
    cross_entropy = -np.sum(truth * logs[0])
    finite_target = np.where(target > 0, logs[2], 0.0)
    divergence = np.sum(target * (finite_target - logs[1]))

    loss = (alpha * temperature**2 * divergence + (1 - alpha) * cross_entropy) / size
    grad = (alpha * temperature * (soft - target) + (1 - alpha) * (hard - truth)) / size
    return float(loss), grad
