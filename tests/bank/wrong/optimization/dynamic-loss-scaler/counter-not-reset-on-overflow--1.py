import numpy as np


class DynamicLossScaler:
    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        min_scale=1.0,
        max_scale=16777216.0,
    ):
        bad = min_scale <= 0 or init_scale < min_scale or init_scale > max_scale
        if bad or growth_factor <= 1 or backoff_factor <= 0 or backoff_factor >= 1 or growth_interval < 1:
            raise ValueError
        self.scale, self.good_steps = float(init_scale), 0
        self.g, self.b, self.n = growth_factor, backoff_factor, growth_interval
        self.lo, self.hi = min_scale, max_scale

    def scale_loss(self, loss):
        return self.scale * loss

    def unscale(self, grads):
        return [np.divide(g.astype(np.float32), self.scale) for g in grads]

    def step(self, params, grads, lr):
        if len(params) != len(grads) or any(p.shape != g.shape for p, g in zip(params, grads)):
            raise ValueError
        for g in grads:
            if np.isnan(g).any() or np.isinf(g).any():
                self.scale = float(max(self.scale * self.b, self.lo))
                return [np.array(p) for p in params], False
        new = [p - lr * g for p, g in zip(params, self.unscale(grads))]
        self.good_steps += 1
        if self.good_steps >= self.n:
            self.good_steps = 0
            self.scale = float(min(self.scale * self.g, self.hi))
        return new, True
