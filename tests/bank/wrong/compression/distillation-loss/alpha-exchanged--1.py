import numpy as np


def log_softmax(z):
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def distillation_loss(student_logits, teacher_logits, labels, temperature=2.0, alpha=0.5):
    T = temperature
    s, t = student_logits.astype(float), teacher_logits.astype(float)
    B = len(s)
    ce = -np.take_along_axis(log_softmax(s), labels[:, None], 1).mean()
    lp, lq = log_softmax(t / T), log_softmax(s / T)
    terms = np.exp(lp) * (lp - lq)
    terms[np.exp(lp) == 0] = 0
    kd = T * T * terms.sum() / B
    onehot = np.zeros_like(s)
    onehot[np.arange(B), labels] = 1
    g_ce = (np.exp(log_softmax(s)) - onehot) / B
    g_kd = T * (np.exp(lq) - np.exp(lp)) / B
    return alpha * kd + (1 - alpha) * ce, alpha * g_kd + (1 - alpha) * g_ce
