# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """2:4 packing."""

    def compress(self, weights):
        """Mask, kept values and their positions in the group of four."""
        if weights.ndim < 1 or weights.shape[-1] % 4 != 0:
            raise ValueError("last axis does not split into fours")
        quads = weights.reshape(-1, 4)
        size = np.abs(quads.astype(np.float64))
        place = np.arange(4)
        # An element is beaten by larger ones, and by equal ones in front of it.
        beaten = (size[:, None, :] > size[:, :, None]) | (
            (size[:, None, :] == size[:, :, None]) & (place[None, :] < place[:, None])
        )
        mask = beaten.sum(axis=2) < 2
        rows, cols = np.nonzero(mask & (quads != 0))
        lead = weights.shape[:-1]
        count = int(np.prod(lead))
        per_row = len(rows) // count if count else weights.shape[-1] // 2
        shape = lead + (per_row,)
        return mask.reshape(weights.shape), quads[rows, cols].reshape(shape), cols.astype(np.uint8).reshape(shape)

    def expand(self, values, indices):
        """Dense array from the kept values."""
        if values.shape != indices.shape or values.ndim < 1 or values.shape[-1] % 2 != 0:
            raise ValueError("values and indices do not match")
        low, high = indices[..., ::2], indices[..., 1::2]
        if ((low < 0) | (low >= high) | (high > 3)).any():
            raise ValueError("positions of a pair must ascend in 0..3")
        dense = np.zeros((values.size // 2, 4), dtype=values.dtype)
        row = np.arange(values.size // 2)
        dense[row, low.ravel().astype(int)] = values[..., ::2].ravel()
        dense[row, high.ravel().astype(int)] = values[..., 1::2].ravel()
        return dense.reshape(values.shape[:-1] + (2 * values.shape[-1],))
