# llmprep: optimization/dynamic-loss-scaler
import numpy as np


class DynamicLossScaler:
    """Loss scaling with backoff and growth."""

    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        min_scale=1.0,
        max_scale=16777216.0,
    ):
        fine = (
            0 < min_scale <= init_scale <= max_scale
            and growth_factor > 1
            and 0 < backoff_factor < 1
            and growth_interval >= 1
        )
        if not fine:
            raise ValueError("bad settings")
        self.scale, self.good_steps = float(init_scale), 0
        self.up, self.down, self.every = growth_factor, backoff_factor, growth_interval
        self.bounds = (min_scale, max_scale)

    def scale_loss(self, loss):
        return self.scale * loss

    def unscale(self, grads):
        return [np.asarray(g).astype(np.float32) / np.float32(self.scale) for g in grads]

    def step(self, params, grads, lr):
        if len(params) != len(grads) or any(w.shape != g.shape for w, g in zip(params, grads)):
            raise ValueError("params and grads do not match")
        if not all(np.isfinite(g).all() for g in grads):
            self.scale = float(max(self.scale * self.down, self.bounds[0]))
            return [w.copy() for w in params], False
        updated = [(w - np.float32(lr) * g).astype(np.float32) for w, g in zip(params, self.unscale(grads))]
        self.good_steps += 1
        if self.good_steps == self.every:
            self.good_steps = 0
            self.scale = float(min(self.scale * self.up, self.bounds[1]))
        return updated, True
