# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """Stateless packing and unpacking of 2:4 sparse arrays."""

    def compress(self, weights):
        """Keep the two largest magnitudes of every aligned four; return mask, values and in-group positions."""
        weights = np.asarray(weights)
        if weights.ndim == 0 or weights.shape[-1] % 4:
            raise ValueError("the last axis must be a multiple of 4")
        lead, width = weights.shape[:-1], weights.shape[-1]
        groups = weights.reshape(*lead, width // 4, 4)
        # float64 holds every supported value, and |-128| does not wrap there.
        order = np.argsort(-np.abs(groups.astype(np.float64)), axis=-1, kind="stable")
        kept = np.sort(order[..., :2], axis=-1)
        mask = np.zeros(groups.shape, dtype=bool)
        np.put_along_axis(mask, kept, True, axis=-1)
        values = np.take_along_axis(groups, kept, axis=-1)
        half = (*lead, width // 2)
        return mask.reshape(weights.shape), values.reshape(half), kept.astype(np.uint8).reshape(half)

    def expand(self, values, indices):
        """Scatter pairs of values to their in-group positions in an otherwise zero array."""
        values, indices = np.asarray(values), np.asarray(indices)
        if values.ndim == 0 or values.shape != indices.shape or values.shape[-1] % 2:
            raise ValueError("values and indices need one shape with an even last axis")
        lead, width = values.shape[:-1], values.shape[-1]
        pairs = indices.reshape(*lead, width // 2, 2)
        first, second = pairs[..., 0], pairs[..., 1]
        if not np.all((first >= 0) & (first < second) & (second <= 3)):
            raise ValueError("a pair of positions must ascend within 0..3")
        dense = np.zeros((*lead, width // 2, 4), dtype=values.dtype)
        np.put_along_axis(dense, pairs.astype(np.intp), values.reshape(pairs.shape), axis=-1)
        return dense.reshape(*lead, 2 * width)
