# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """2:4 with the non-zeros packed to the left of each row."""

    def compress(self, weights):
        """Mark the non-zeros among the top two of each group and store them."""
        if weights.ndim < 1 or weights.shape[-1] % 4:
            raise ValueError("D")
        d = weights.shape[-1]
        rows = weights.reshape(int(np.prod(weights.shape[:-1])), d)
        size = np.abs(rows.astype(np.float64))
        place = np.arange(d)
        mask = np.zeros(rows.shape, dtype=bool)
        for j in range(d):
            rivals = range(j - j % 4, j - j % 4 + 4)
            better = sum(
                ((size[:, r] > size[:, j]) | ((size[:, r] == size[:, j]) & (r < j))).astype(int) for r in rivals
            )
            mask[:, j] = (better < 2) & (rows[:, j] != 0)
        values = np.zeros((len(rows), d // 2), dtype=weights.dtype)
        indices = np.zeros((len(rows), d // 2), dtype=np.uint8)
        for r in range(len(rows)):
            stored = rows[r][mask[r]]
            values[r, : len(stored)] = stored
            indices[r, : len(stored)] = place[mask[r]] % 4
        half = weights.shape[:-1] + (d // 2,)
        return mask.reshape(weights.shape), values.reshape(half), indices.reshape(half)

    def expand(self, values, indices):
        """Scatter pairs."""
        if values.shape != indices.shape or values.ndim < 1 or values.shape[-1] % 2:
            raise ValueError("shapes")
        pos = indices.astype(np.int64)
        first, second = pos[..., 0::2], pos[..., 1::2]
        if not np.all((0 <= first) & (first < second) & (second <= 3)):
            raise ValueError("pairs must ascend")
        dense = np.zeros(values.shape[:-1] + (2 * values.shape[-1],), dtype=values.dtype)
        column = pos + np.arange(values.shape[-1]) // 2 * 4
        np.put_along_axis(dense, column, values, axis=-1)
        return dense
