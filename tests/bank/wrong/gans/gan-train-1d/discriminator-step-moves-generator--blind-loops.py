# llmprep: gans/gan-train-1d
import numpy as np


def prob(t):
    """Stable sigmoid of an array."""
    return np.exp(-np.logaddexp(0.0, -t))


class LinearGAN:
    """GAN with one optimizer pass over everything that the discriminator's loss reaches."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        if not (lr_g > 0 and lr_d > 0):
            raise ValueError("learning rate")
        self.a, self.b, self.w, self.c = float(a), float(b), float(w), float(c)
        self.lr_g, self.lr_d = lr_g, lr_d

    @staticmethod
    def _check(*batches):
        for batch in batches:
            if np.ndim(batch) != 1 or np.size(batch) == 0:
                raise ValueError("batch")

    def generate(self, z):
        """Samples."""
        return np.asarray(self.a * z + self.b, dtype=np.float64)

    def discriminator_step(self, real, z):
        """Descend on L_D."""
        self._check(real, z)
        fake = self.generate(z)
        t_real, t_fake = self.w * real + self.c, self.w * fake + self.c
        loss = np.logaddexp(0, -t_real).mean() + np.logaddexp(0, t_fake).mean()
        g_real, g_fake = -prob(-t_real), prob(t_fake)
        grad_w = np.mean(g_real * real) + np.mean(g_fake * fake)
        grad_c = np.mean(g_real) + np.mean(g_fake)
        grad_a = np.mean(g_fake * self.w * z)
        grad_b = np.mean(g_fake * self.w)
        self.w = float(self.w - self.lr_d * grad_w)
        self.c = float(self.c - self.lr_d * grad_c)
        self.a = float(self.a - self.lr_d * grad_a)
        self.b = float(self.b - self.lr_d * grad_b)
        return float(loss)

    def generator_step(self, z):
        """Descend on L_G."""
        self._check(z)
        t = self.w * self.generate(z) + self.c
        g = -prob(-t) * self.w
        self.a, self.b = float(self.a - self.lr_g * np.mean(g * z)), float(self.b - self.lr_g * np.mean(g))
        return float(np.logaddexp(0, -t).mean())
