# llmprep: gans/gan-train-1d
import math

import numpy as np


def minus_log_sigmoid(t):
    return max(-t, 0.0) + math.log1p(math.exp(-abs(t)))


def sigma(t):
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


class LinearGAN:
    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        for rate in (lr_g, lr_d):
            if math.isnan(rate) or rate <= 0:
                raise ValueError("learning rate")
        self.a, self.b, self.w, self.c = float(a), float(b), float(w), float(c)
        self.lr_g, self.lr_d = lr_g, lr_d

    def generate(self, z):
        out = np.empty(z.shape)
        for index in np.ndindex(z.shape):
            out[index] = self.a * z[index] + self.b
        return out

    def discriminator_step(self, real, z):
        for batch in (real, z):
            if len(batch.shape) != 1 or len(batch) == 0:
                raise ValueError("batch")
        loss = dw = dc = 0.0
        for x in real.tolist():
            logit = self.w * x + self.c
            loss += minus_log_sigmoid(logit) / len(real)
            dw += -sigma(-logit) * x / len(real)
            dc += -sigma(-logit) / len(real)
        for noise in z.tolist():
            x = self.a * noise + self.b
            logit = self.w * x + self.c
            loss += minus_log_sigmoid(-logit) / len(z)
            dw += sigma(logit) * x / len(z)
            dc += sigma(logit) / len(z)
        self.w -= self.lr_d * dw
        self.c -= self.lr_d * dc
        return loss

    def generator_step(self, z):
        if len(z.shape) != 1 or len(z) == 0:
            raise ValueError("batch")
        loss = da = db = 0.0
        for noise in z.tolist():
            logit = self.w * (self.a * noise + self.b) + self.c
            loss += minus_log_sigmoid(logit) / len(z)
            dx = -sigma(-logit) * self.w / len(z)
            da += dx * noise
            db += dx
        self.a -= self.lr_g * da
        self.b -= self.lr_g * db
        return loss
