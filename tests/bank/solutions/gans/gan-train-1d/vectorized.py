# llmprep: gans/gan-train-1d
import numpy as np


class LinearGAN:
    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        if not lr_g > 0 or not lr_d > 0:
            raise ValueError("learning rate")
        self.generator = np.array([a, b], dtype=np.float64)
        self.discriminator = np.array([w, c], dtype=np.float64)
        self.rates = lr_g, lr_d

    a = property(lambda self: float(self.generator[0]))
    b = property(lambda self: float(self.generator[1]))
    w = property(lambda self: float(self.discriminator[0]))
    c = property(lambda self: float(self.discriminator[1]))

    def generate(self, z):
        return np.multiply(z, self.a) + self.b

    def discriminator_step(self, real, z):
        if real.ndim != 1 or z.ndim != 1 or not real.size or not z.size:
            raise ValueError("batch")
        x = np.concatenate([real, self.generate(z)])
        sign = np.repeat([1.0, -1.0], [real.size, z.size])
        weight = np.repeat([1 / real.size, 1 / z.size], [real.size, z.size])
        design = np.stack([x, np.ones_like(x)])
        margin = sign * (self.discriminator @ design)
        self.discriminator = self.discriminator + self.rates[1] * design @ (weight * sign * self.sigmoid(-margin))
        return float(weight @ self.log_loss(margin))

    def generator_step(self, z):
        if z.ndim != 1 or not z.size:
            raise ValueError("batch")
        design = np.stack([z, np.ones_like(z)])
        logit = self.w * (self.generator @ design) + self.c
        self.generator = (
            self.generator + self.rates[0] * self.w * np.einsum("kb,b->k", design, self.sigmoid(-logit)) / z.size
        )
        return float(self.log_loss(logit).mean())

    @staticmethod
    def log_loss(margin):
        return np.maximum(-margin, 0) + np.log1p(np.exp(-np.abs(margin)))

    @staticmethod
    def sigmoid(t):
        e = np.exp(-np.abs(t))
        return np.where(t >= 0, 1, e) / (1 + e)
