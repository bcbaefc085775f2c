import numpy as np


class TwoFour:
    def compress(self, weights):
        if weights.ndim == 0 or weights.shape[-1] % 4:
            raise ValueError
        shape = weights.shape
        g = weights.reshape(shape[:-1] + (shape[-1] // 4, 4))
        size = np.abs(g.astype(float))
        first = size.argmax(-1)
        left = size.copy()
        np.put_along_axis(left, first[..., None], -1.0, -1)
        pair = np.stack([first, left.argmax(-1)], -1)
        mask = (np.arange(4) == pair[..., :1]) | (np.arange(4) == pair[..., 1:])
        half = shape[:-1] + (shape[-1] // 2,)
        return mask.reshape(shape), np.take_along_axis(g, pair, -1).reshape(half), pair.reshape(half).astype(np.uint8)

    def expand(self, values, indices):
        if values.ndim == 0 or values.shape != indices.shape or values.shape[-1] % 2 != 0:
            raise ValueError
        k = indices.reshape(*indices.shape[:-1], -1, 2).astype(int)
        if ((k < 0) | (k > 3)).any() or (k[..., 0] >= k[..., 1]).any():
            raise ValueError
        dense = np.zeros(k.shape[:-1] + (4,), values.dtype)
        np.put_along_axis(dense, k, values.reshape(k.shape), -1)
        return dense.reshape(*values.shape[:-1], values.shape[-1] * 2)
