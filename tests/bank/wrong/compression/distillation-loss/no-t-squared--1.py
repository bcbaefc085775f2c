import numpy as np


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    s, t = np.asarray(student_logits, float), np.asarray(teacher_logits, float)
    if s.shape != t.shape or len(s) == 0 or not temperature > 0 or not (0 <= alpha <= 1):
        raise ValueError
    n, c = s.shape
    if min(labels) < 0 or max(labels) >= c:
        raise ValueError
    lse = lambda z: z.max(1) + np.log(np.exp(z - z.max(1)[:, None]).sum(1))
    hard = np.mean([lse(s)[i] - s[i, labels[i]] for i in range(n)])
    p, q = softmax(t / temperature), softmax(s / temperature)
    logp = t / temperature - lse(t / temperature)[:, None]
    logq = s / temperature - lse(s / temperature)[:, None]
    kl = 0.0
    for i in range(n):
        for j in range(c):
            if p[i, j] > 0:
                kl += p[i, j] * (logp[i, j] - logq[i, j])
    g = softmax(s)
    for i in range(n):
        g[i, labels[i]] -= 1
    grad = alpha * g / n + (1 - alpha) * (q - p) / temperature / n
    return alpha * hard + (1 - alpha) * kl / n, grad
