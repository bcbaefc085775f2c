# llmprep: gans/gan-train-1d
import math

import numpy as np


def softplus(t):
    """log(1 + exp(t)) without overflow."""
    return max(t, 0.0) + math.log1p(math.exp(-abs(t)))


def sigmoid(t):
    """1 / (1 + exp(-t)) without overflow."""
    small = math.exp(-abs(t))
    return 1.0 / (1.0 + small) if t >= 0 else small / (1.0 + small)


def checked(batch):
    """The batch as a list of floats; ValueError unless it has one axis and at least one element."""
    if np.ndim(batch) != 1 or len(batch) == 0:
        raise ValueError("a batch must be a non-empty vector")
    return [float(value) for value in batch]


class LinearGAN:
    """Affine generator against a logistic discriminator, both on the real line."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        if not lr_g > 0 or not lr_d > 0:
            raise ValueError("learning rates must be positive")
        self.a, self.b, self.w, self.c = float(a), float(b), float(w), float(c)
        self.lr_g, self.lr_d = float(lr_g), float(lr_d)

    def generate(self, z):
        """G(z), elementwise."""
        samples = np.zeros(np.shape(z), dtype=np.float64)
        for place in np.ndindex(samples.shape):
            samples[place] = self.a * z[place] + self.b
        return samples

    def discriminator_step(self, real, z):
        """One descent step on w and c; return the loss before it."""
        real, noise = checked(real), checked(z)
        loss = dw = dc = 0.0
        for x in real:
            logit = self.w * x + self.c
            loss += softplus(-logit) / len(real)
            dw -= sigmoid(-logit) * x / len(real)
            dc -= sigmoid(-logit) / len(real)
        for value in noise:
            x = self.a * value + self.b
            logit = self.w * x + self.c
            loss += softplus(logit) / len(noise)
            dw += sigmoid(logit) * x / len(noise)
            dc += sigmoid(logit) / len(noise)
        self.w -= self.lr_d * dw
        self.c -= self.lr_d * dc
        return float(loss)

    def generator_step(self, z):
        """One descent step on a and b for -log D(G(z)); return the loss before it."""
        noise = checked(z)
        loss = da = db = 0.0
        for value in noise:
            logit = self.w * (self.a * value + self.b) + self.c
            loss += softplus(-logit) / len(noise)
            by_sample = -sigmoid(-logit) * self.w / len(noise)
            da += by_sample * value
            db += by_sample
        self.a -= self.lr_g * da
        self.b -= self.lr_g * db
        return float(loss)
