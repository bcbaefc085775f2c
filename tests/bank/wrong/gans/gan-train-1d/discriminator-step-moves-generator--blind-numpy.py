# llmprep: gans/gan-train-1d
import numpy as np


def logistic(t):
    """exp(-softplus(-t)), safe for any t."""
    return np.exp(-np.logaddexp(0.0, -t))


class LinearGAN:
    """Linear generator and logistic discriminator."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        if not lr_g > 0 or not lr_d > 0:
            raise ValueError("learning rates must be positive")
        self.a, self.b, self.w, self.c = map(float, (a, b, w, c))
        self.lr_g, self.lr_d = lr_g, lr_d

    def generate(self, z):
        """Samples made of noise."""
        return np.multiply(z, self.a, dtype=np.float64) + self.b

    def _check(self, *batches):
        if any(np.ndim(batch) != 1 or np.size(batch) == 0 for batch in batches):
            raise ValueError("batches must be non-empty vectors")

    def discriminator_step(self, real, z):
        """Backpropagate the discriminator's loss through the whole graph and descend."""
        self._check(real, z)
        fake = self.generate(z)
        t_real, t_fake = self.w * real + self.c, self.w * fake + self.c
        loss = np.mean(np.logaddexp(0, -t_real)) + np.mean(np.logaddexp(0, t_fake))
        g_real = -logistic(-t_real) / len(real)
        g_fake = logistic(t_fake) / len(fake)
        g_sample = g_fake * self.w
        gradient = np.array([g_sample @ z, g_sample.sum(), g_real @ real + g_fake @ fake, g_real.sum() + g_fake.sum()])
        stepped = np.array([self.a, self.b, self.w, self.c]) - self.lr_d * gradient
        self.a, self.b, self.w, self.c = stepped.tolist()
        return float(loss)

    def generator_step(self, z):
        """Descend the non-saturating loss."""
        self._check(z)
        t = self.w * self.generate(z) + self.c
        g_sample = -self.w * logistic(-t) / len(z)
        self.a, self.b = float(self.a - self.lr_g * (g_sample @ z)), float(self.b - self.lr_g * g_sample.sum())
        return float(np.mean(np.logaddexp(0, -t)))
