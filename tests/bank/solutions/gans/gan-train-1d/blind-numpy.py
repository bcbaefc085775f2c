# llmprep: gans/gan-train-1d
import numpy as np


def sigmoid(t):
    """Logistic function whose exponent is never positive."""
    small = np.exp(-np.abs(t))
    return np.where(t >= 0, 1.0, small) / (1.0 + small)


def as_batch(values):
    """A non-empty float64 vector, or ValueError."""
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or values.size == 0:
        raise ValueError("a batch must be one-dimensional and not empty")
    return values


class LinearGAN:
    """Affine generator against a logistic discriminator, each with its own plain gradient step."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        if not (lr_g > 0 and lr_d > 0):
            raise ValueError("learning rates must be positive")
        self.a, self.b, self.w, self.c = float(a), float(b), float(w), float(c)
        self.lr_g, self.lr_d = float(lr_g), float(lr_d)

    def generate(self, z):
        """Map noise of any shape to samples."""
        return self.a * np.asarray(z, dtype=np.float64) + self.b

    def discriminator_step(self, real, z):
        """One descent step on w and c; the loss is that of the old parameters."""
        real, fake = as_batch(real), self.generate(as_batch(z))
        real_logit, fake_logit = self.w * real + self.c, self.w * fake + self.c
        loss = np.logaddexp(0.0, -real_logit).mean() + np.logaddexp(0.0, fake_logit).mean()
        d_real, d_fake = -sigmoid(-real_logit), sigmoid(fake_logit)
        grad_w = np.mean(d_real * real) + np.mean(d_fake * fake)
        grad_c = d_real.mean() + d_fake.mean()
        self.w = float(self.w - self.lr_d * grad_w)
        self.c = float(self.c - self.lr_d * grad_c)
        return float(loss)

    def generator_step(self, z):
        """One descent step on a and b; the loss is that of the old parameters."""
        z = as_batch(z)
        logit = self.w * self.generate(z) + self.c
        loss = np.logaddexp(0.0, -logit).mean()
        d_sample = -sigmoid(-logit) * self.w
        self.a = float(self.a - self.lr_g * np.mean(d_sample * z))
        self.b = float(self.b - self.lr_g * np.mean(d_sample))
        return float(loss)
