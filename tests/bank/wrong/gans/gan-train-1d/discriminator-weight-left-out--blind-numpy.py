# llmprep: gans/gan-train-1d
import numpy as np


def softplus(t):
    """log(1 + exp(t)) without overflow."""
    return np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t)))


def prob(t):
    """Logistic function by way of softplus."""
    return np.exp(-softplus(-t))


class LinearGAN:
    """Linear generator and logistic discriminator."""

    def __init__(self, a, b, w, c, lr_g=0.1, lr_d=0.1):
        for rate in (lr_g, lr_d):
            if np.isnan(rate) or rate <= 0:
                raise ValueError("a learning rate must be positive")
        self.a, self.b = float(a), float(b)
        self.w, self.c = float(w), float(c)
        self.rates = float(lr_g), float(lr_d)

    def generate(self, z):
        """Samples made of noise."""
        return np.asarray(self.a * z + self.b, dtype=np.float64)

    def discriminator_step(self, real, z):
        """Descend the discriminator's loss."""
        for batch in (real, z):
            if batch.ndim != 1 or not batch.size:
                raise ValueError("batch must be one-dimensional and non-empty")
        fake = self.generate(z)
        # The sign turns a fake sample into a "real" one of the mirrored logit.
        samples = np.concatenate([real, fake])
        sign = np.repeat([-1.0, 1.0], [real.size, fake.size])
        share = np.repeat([1 / real.size, 1 / fake.size], [real.size, fake.size])
        t = sign * (self.w * samples + self.c)
        loss = np.einsum("i,i->", share, softplus(t))
        slope = share * sign * prob(t)
        self.w = float(self.w - self.rates[1] * np.einsum("i,i->", slope, samples))
        self.c = float(self.c - self.rates[1] * slope.sum())
        return float(loss)

    def generator_step(self, z):
        """Descend the non-saturating loss."""
        if z.ndim != 1 or not z.size:
            raise ValueError("batch must be one-dimensional and non-empty")
        t = self.w * self.generate(z) + self.c
        miss = prob(-t)
        self.a = float(self.a + self.rates[0] * (miss * z).mean())
        self.b = float(self.b + self.rates[0] * miss.mean())
        return float(softplus(-t).mean())
