# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """2:4 packing."""

    def compress(self, weights):
        """Mask, kept values and their positions in the group of four."""
        if weights.ndim == 0 or weights.shape[0] % 4:
            raise ValueError("length is not a multiple of 4")
        groups = weights.reshape(weights.shape[0] // 4, 4, *weights.shape[1:])
        size = np.abs(groups.astype(np.float64))
        best = np.argsort(-size, axis=1, kind="stable")[:, :2]
        best.sort(axis=1)
        mask = np.zeros(groups.shape, dtype=bool)
        np.put_along_axis(mask, best, True, axis=1)
        half = (weights.shape[0] // 2, *weights.shape[1:])
        values = np.take_along_axis(groups, best, axis=1).reshape(half)
        return mask.reshape(weights.shape), values, best.reshape(half).astype(np.uint8)

    def expand(self, values, indices):
        """Dense array from the kept values."""
        if values.shape != indices.shape or values.ndim == 0 or values.shape[0] % 2:
            raise ValueError("values and indices do not pair up")
        pairs = indices.reshape(values.shape[0] // 2, 2, *values.shape[1:])
        if np.any(pairs[:, 0] < 0) or np.any(pairs[:, 0] >= pairs[:, 1]) or np.any(pairs[:, 1] > 3):
            raise ValueError("positions must ascend within the group")
        dense = np.zeros((pairs.shape[0], 4, *values.shape[1:]), dtype=values.dtype)
        np.put_along_axis(dense, pairs.astype(np.int64), values.reshape(pairs.shape), axis=1)
        return dense.reshape(2 * values.shape[0], *values.shape[1:])
