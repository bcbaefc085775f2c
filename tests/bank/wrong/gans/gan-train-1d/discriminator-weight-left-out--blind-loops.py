# llmprep: gans/gan-train-1d
import numpy as np


class LinearGAN:
    """One-dimensional GAN."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        for rate in (lr_g, lr_d):
            if np.isnan(rate) or rate <= 0:
                raise ValueError("rates must be positive")
        self.a, self.b, self.w, self.c = float(a), float(b), float(w), float(c)
        self.rates = (lr_g, lr_d)

    def _sigmoid(self, t):
        return np.exp(np.minimum(t, 0.0)) / (1.0 + np.exp(-np.abs(t)))

    def _logit(self, x):
        return x * self.w + self.c

    def generate(self, z):
        """G(z)."""
        out = np.empty(np.shape(z))
        out[...] = z
        out *= self.a
        out += self.b
        return out

    def discriminator_step(self, real, z):
        """Move w and c."""
        if real.ndim != 1 or z.ndim != 1 or real.size < 1 or z.size < 1:
            raise ValueError("batches must be non-empty vectors")
        fake = self.generate(z)
        t, u = self._logit(real), self._logit(fake)
        loss = float(np.mean(np.logaddexp(0.0, -t)) + np.mean(np.logaddexp(0.0, u)))
        miss, fooled = self._sigmoid(-t), self._sigmoid(u)
        dw = -np.dot(miss, real) / real.size + np.dot(fooled, fake) / fake.size
        dc = fooled.mean() - miss.mean()
        self.w -= float(self.rates[1] * dw)
        self.c -= float(self.rates[1] * dc)
        return loss

    def generator_step(self, z):
        """Move a and b."""
        if z.ndim != 1 or z.size < 1:
            raise ValueError("noise must be a non-empty vector")
        t = self._logit(self.generate(z))
        push = self._sigmoid(-t)
        self.a += float(self.rates[0] * np.dot(push, z) / z.size)
        self.b += float(self.rates[0] * push.mean())
        return float(np.mean(np.logaddexp(0.0, -t)))
