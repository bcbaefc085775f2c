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
        if not (0 < min_scale <= init_scale <= max_scale) or not growth_factor > 1:
            raise ValueError
        if not 0 < backoff_factor < 1 or growth_interval < 1:
            raise ValueError
        self.scale = init_scale * 1.0
        self.good_steps = 0
        self.config = (growth_factor, backoff_factor, growth_interval, min_scale, max_scale)

    def scale_loss(self, loss):
        return loss * self.scale

    def unscale(self, grads):
        inverse = 1.0 / self.scale
        return [g.astype(np.float32) * inverse for g in grads]

    def step(self, params, grads, lr):
        if [np.shape(p) for p in params] != [np.shape(g) for g in grads]:
            raise ValueError
        grow, back, interval, low, high = self.config
        total = sum((np.isnan(g).sum() for g in grads), 0)
        if total > 0:
            self.scale = max(low, self.scale * back)
            self.good_steps = 0
            return [p.copy() for p in params], False
        out = []
        for p, g in zip(params, self.unscale(grads)):
            out.append(p - lr * g)
        self.good_steps = self.good_steps + 1
        if self.good_steps == interval:
            self.scale = min(high, self.scale * grow)
            self.good_steps = 0
        return out, True
