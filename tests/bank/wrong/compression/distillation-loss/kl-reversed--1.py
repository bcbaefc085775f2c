import numpy as np


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    s, t = student_logits.astype(float), teacher_logits.astype(float)
    if s.shape != t.shape or s.shape[0] == 0:
        raise ValueError("shape")
    if labels.min() < 0 or labels.max() > s.shape[1] - 1:
        raise ValueError("labels")
    if temperature <= 0 or alpha < 0 or alpha > 1:
        raise ValueError("parameters")
    n = len(s)
    probs = softmax(s)
    hard = -np.log(probs[np.arange(n), labels]).mean()
    p, q = softmax(t / temperature), softmax(s / temperature)
    ratio = np.log(q) - np.log(p)
    kl = (q * ratio).sum(1)
    soft = temperature**2 * kl.mean()
    g = probs.copy()
    g[np.arange(n), labels] -= 1
    g_soft = temperature * q * (ratio - kl[:, None])
    return alpha * hard + (1 - alpha) * soft, (alpha * g + (1 - alpha) * g_soft) / n
