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
        if not (min_scale > 0 and init_scale >= min_scale and max_scale >= init_scale):
            raise ValueError("scales")
        if not (growth_factor > 1 and backoff_factor > 0 and backoff_factor < 1 and growth_interval >= 1):
            raise ValueError("factors")
        self.scale = float(init_scale)
        self.good_steps = 0
        self.growth_factor = growth_factor
        self.backoff_factor = backoff_factor
        self.growth_interval = growth_interval
        self.min_scale = min_scale
        self.max_scale = max_scale

    def scale_loss(self, loss):
        return loss * self.scale

    def unscale(self, grads):
        out = []
        for g in grads:
            out.append(np.divide(np.array(g, dtype=np.float32), self.scale, dtype=np.float32))
        return out

    def step(self, params, grads, lr):
        if len(grads) != len(params):
            raise ValueError("length")
        for i in range(len(params)):
            if params[i].shape != grads[i].shape:
                raise ValueError("shape")
        bad = False
        for g in grads:
            bad = bad or bool(np.isnan(g).any())
        if bad:
            self.good_steps = 0
            self.scale = float(max(self.min_scale, self.scale * self.backoff_factor))
            return [np.copy(w) for w in params], False
        result = []
        with np.errstate(invalid="ignore", over="ignore"):
            for w, g in zip(params, self.unscale(grads)):
                result.append(np.subtract(w, g * np.float32(lr), dtype=np.float32))
        self.good_steps = self.good_steps + 1
        if self.good_steps >= self.growth_interval:
            self.scale = float(min(self.max_scale, self.scale * self.growth_factor))
            self.good_steps = 0
        return result, True
