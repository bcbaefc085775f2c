# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """CSR by numpy calls."""

    def encode(self, dense):
        """Non-zeros, their columns, cumulative counts."""
        if np.ndim(dense) != 2:
            raise ValueError("2-D expected")
        rows, cols = np.nonzero(dense)
        counts = np.count_nonzero(dense, axis=1)
        return dense[rows, cols], cols.astype(np.int64), np.cumsum(counts, dtype=np.int64)

    def matmul(self, data, indices, indptr, x):
        """Scatter-add of the products."""
        if indptr.size == 0 or indptr[0] != 0 or indptr[-1] != data.size or np.any(np.diff(indptr) < 0):
            raise ValueError("indptr")
        if indices.size != data.size:
            raise ValueError("lengths")
        if indices.size and (indices.min() < 0 or indices.max() >= x.shape[0]):
            raise ValueError("column")
        owner = np.repeat(np.arange(indptr.size - 1), np.diff(indptr))
        y = np.zeros((indptr.size - 1, *x.shape[1:]))
        coefficient = data.astype(float).reshape((-1,) + (1,) * (x.ndim - 1))
        np.add.at(y, owner, coefficient * x[indices].astype(float))
        return y
