# llmprep: optimization/dynamic-loss-scaler
import numpy as np


class DynamicLossScaler:
    """Keeps float16 gradients in range by adapting the factor on the loss."""

    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        min_scale=1.0,
        max_scale=16777216.0,
    ):
        valid = (
            min_scale > 0
            and min_scale <= init_scale
            and init_scale <= max_scale
            and growth_factor > 1
            and backoff_factor > 0
            and backoff_factor < 1
            and growth_interval >= 1
        )
        if not valid:
            raise ValueError("invalid settings")
        self.scale, self.good_steps = float(init_scale), 0
        self.growth, self.backoff = growth_factor, backoff_factor
        self.interval = growth_interval
        self.limits = float(min_scale), float(max_scale)

    def scale_loss(self, loss):
        """The loss to call backward on."""
        return self.scale * loss

    def unscale(self, grads):
        """True gradients in float32."""
        return [np.divide(g, self.scale, dtype=np.float32) for g in grads]

    def step(self, params, grads, lr):
        """Update the master weights when all gradients are finite."""
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("shapes differ")
        overflow = any(not np.isfinite(g).all() for g in grads)
        if overflow:
            self.scale = float(np.clip(self.scale * self.backoff, *self.limits))
            return [p.copy() for p in params], False

        updated = [p - np.float32(lr) * g for p, g in zip(params, self.unscale(grads))]
        self.good_steps += 1
        if self.good_steps == self.interval:
            self.good_steps = 0
            self.scale = float(np.clip(self.scale * self.growth, *self.limits))
        return updated, True
