# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """Two of four, down the columns."""

    def compress(self, weights):
        """Bring axis 0 to the end, group it by four, bring it back."""
        if weights.ndim == 0 or weights.shape[0] % 4:
            raise ValueError("length must be a multiple of 4")
        turned = np.moveaxis(weights, 0, -1)
        lead = turned.shape[:-1]
        groups = turned.reshape(lead + (turned.shape[-1] // 4, 4))
        order = np.argsort(-np.abs(groups.astype(np.float64)), axis=-1, kind="stable")
        picked = np.sort(order[..., :2], axis=-1)
        mask = np.zeros(groups.shape, dtype=bool)
        np.put_along_axis(mask, picked, True, axis=-1)
        values = np.take_along_axis(groups, picked, axis=-1)
        half = lead + (turned.shape[-1] // 2,)
        return (
            np.moveaxis(mask.reshape(turned.shape), -1, 0).copy(),
            np.moveaxis(values.reshape(half), -1, 0).copy(),
            np.moveaxis(picked.astype(np.uint8).reshape(half), -1, 0).copy(),
        )

    def expand(self, values, indices):
        """The way back."""
        if values.shape != indices.shape or values.ndim == 0 or values.shape[0] % 2:
            raise ValueError("not a pair of halves")
        v, i = np.moveaxis(values, 0, -1), np.moveaxis(indices, 0, -1).astype(np.int64)
        lead, k = v.shape[:-1], v.shape[-1]
        v, i = v.reshape(lead + (k // 2, 2)), i.reshape(lead + (k // 2, 2))
        if ((i < 0) | (i > 3)).any() or (i[..., 0] >= i[..., 1]).any():
            raise ValueError("indices")
        dense = np.zeros(lead + (k // 2, 4), dtype=values.dtype)
        np.put_along_axis(dense, i, v, axis=-1)
        return np.moveaxis(dense.reshape(lead + (2 * k,)), -1, 0).copy()
