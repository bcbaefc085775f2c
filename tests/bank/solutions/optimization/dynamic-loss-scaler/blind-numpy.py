# llmprep: optimization/dynamic-loss-scaler
import numpy as np


class DynamicLossScaler:
    """Loss scale that shrinks when gradients overflow and grows after growth_interval clean steps."""

    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        min_scale=1.0,
        max_scale=16777216.0,
    ):
        if not 0 < min_scale <= init_scale <= max_scale:
            raise ValueError("need 0 < min_scale <= init_scale <= max_scale")
        if not (growth_factor > 1 and 0 < backoff_factor < 1 and growth_interval >= 1):
            raise ValueError("bad growth_factor, backoff_factor or growth_interval")
        self.scale = float(init_scale)
        self.good_steps = 0
        self._growth_factor = float(growth_factor)
        self._backoff_factor = float(backoff_factor)
        self._growth_interval = growth_interval
        self._min_scale = float(min_scale)
        self._max_scale = float(max_scale)

    def scale_loss(self, loss):
        """Multiply the loss by the current scale."""
        return loss * self.scale

    def unscale(self, grads):
        """Divide every gradient by the scale, in float32; the state does not change."""
        return [np.asarray(np.asarray(grad).astype(np.float32) / np.float32(self.scale)) for grad in grads]

    def step(self, params, grads, lr):
        """SGD on the master weights unless a gradient is not finite; return (new_params, taken)."""
        if len(params) != len(grads) or any(np.shape(p) != np.shape(g) for p, g in zip(params, grads)):
            raise ValueError("params and grads do not match")

        if not all(np.isfinite(grad).all() for grad in grads):
            self.scale = max(self.scale * self._backoff_factor, self._min_scale)
            self.good_steps = 0
            return [np.array(param, dtype=np.float32) for param in params], False

        rate = np.float32(lr)
        new_params = [
            np.asarray(param - rate * grad, dtype=np.float32) for param, grad in zip(params, self.unscale(grads))
        ]
        self.good_steps += 1
        if self.good_steps >= self._growth_interval:
            self.scale = min(self.scale * self._growth_factor, self._max_scale)
            self.good_steps = 0
        return new_params, True
