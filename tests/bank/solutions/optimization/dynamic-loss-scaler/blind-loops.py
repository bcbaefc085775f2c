# llmprep: optimization/dynamic-loss-scaler
import math

import numpy as np


class DynamicLossScaler:
    """Keeps the loss scale for float16 training: smaller after an overflow, larger after a run of good steps."""

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
        if not growth_factor > 1:
            raise ValueError("growth_factor must be above 1")
        if not 0 < backoff_factor < 1:
            raise ValueError("backoff_factor must be between 0 and 1")
        if not growth_interval >= 1:
            raise ValueError("growth_interval must be at least 1")
        self.scale = float(init_scale)
        self.good_steps = 0
        self._growth_factor = float(growth_factor)
        self._backoff_factor = float(backoff_factor)
        self._growth_interval = growth_interval
        self._min_scale = float(min_scale)
        self._max_scale = float(max_scale)

    def scale_loss(self, loss):
        """The loss times the scale."""
        return loss * self.scale

    def unscale(self, grads):
        """New float32 arrays: every gradient over the scale."""
        result = []
        with np.errstate(all="ignore"):
            for grad in grads:
                out = np.empty(np.shape(grad), dtype=np.float32)
                flat = out.reshape(-1)
                for i, g in enumerate(np.asarray(grad).astype(np.float32).ravel().tolist()):
                    flat[i] = g / self.scale
                result.append(out)
        return result

    def step(self, params, grads, lr):
        """One SGD step on scaled gradients, or none if one of them overflowed; gives (new_params, taken)."""
        if len(params) != len(grads):
            raise ValueError("one gradient per parameter")
        for param, grad in zip(params, grads):
            if np.shape(param) != np.shape(grad):
                raise ValueError("a gradient and its parameter differ in shape")

        overflow = False
        for grad in grads:
            for g in np.asarray(grad).ravel().tolist():
                if not math.isfinite(g):
                    overflow = True
        if overflow:
            self.scale = max(self.scale * self._backoff_factor, self._min_scale)
            self.good_steps = 0
            return [np.array(param, dtype=np.float32) for param in params], False

        new_params = []
        with np.errstate(all="ignore"):
            for param, grad in zip(params, grads):
                out = np.empty(np.shape(param), dtype=np.float32)
                flat = out.reshape(-1)
                old = np.asarray(param).ravel().tolist()
                slope = np.asarray(grad).ravel().tolist()
                for i in range(len(old)):
                    flat[i] = old[i] - lr * slope[i] / self.scale  # in double, rounded once
                new_params.append(out)
        self.good_steps += 1
        if self.good_steps >= self._growth_interval:
            self.scale = min(self.scale * self._growth_factor, self._max_scale)
            self.good_steps = 0
        return new_params, True
