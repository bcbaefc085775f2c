# llmprep: optimization/dynamic-loss-scaler
import numpy as np


class DynamicLossScaler:
    """Loss scaling with automatic back-off and growth."""

    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        min_scale=1.0,
        max_scale=16777216.0,
    ):
        if not (0 < min_scale <= init_scale <= max_scale):
            raise ValueError("scales out of order")
        if not growth_factor > 1:
            raise ValueError("growth_factor")
        if not 0 < backoff_factor < 1:
            raise ValueError("backoff_factor")
        if not growth_interval >= 1:
            raise ValueError("growth_interval")
        self._config = (growth_factor, backoff_factor, growth_interval, min_scale, max_scale)
        self.scale = float(init_scale)
        self.good_steps = 0

    def scale_loss(self, loss):
        """Loss times the scale."""
        return loss * self.scale

    def unscale(self, grads):
        """Gradients divided by the scale after the cast to float32."""
        return [np.array(grad, dtype=np.float32) / np.float32(self.scale) for grad in grads]

    def step(self, params, grads, lr):
        """One guarded SGD step."""
        if len(params) != len(grads):
            raise ValueError("lengths differ")
        for param, grad in zip(params, grads):
            if param.shape != grad.shape:
                raise ValueError("shapes differ")
        growth, backoff, interval, low, high = self._config

        if any(np.isnan(grad).any() for grad in grads):
            self.scale, self.good_steps = float(max(self.scale * backoff, low)), 0
            return [np.array(param) for param in params], False

        result = [np.subtract(param, np.float32(lr) * grad) for param, grad in zip(params, self.unscale(grads))]
        self.good_steps += 1
        if self.good_steps >= interval:
            self.scale, self.good_steps = float(min(self.scale * growth, high)), 0
        return result, True
