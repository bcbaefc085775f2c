# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """CSR packing and product."""

    def encode(self, dense):
        """Non-zero entries row by row."""
        if np.ndim(dense) != 2:
            raise ValueError("a matrix is expected")
        keep = dense != 0
        data = dense[keep]
        indices = np.broadcast_to(np.arange(dense.shape[1], dtype=np.int64), dense.shape)[keep]
        indptr = keep.sum(axis=1, dtype=np.int64).cumsum()
        return data, indices, indptr

    def matmul(self, data, indices, indptr, x):
        """Product with a vector or a matrix."""
        if not len(indptr) or indptr[0] or indptr[-1] != len(data) or (np.diff(indptr) < 0).any():
            raise ValueError("bad indptr")
        if len(indices) != len(data):
            raise ValueError("indices and data must pair up")
        if len(indices) and (indices.min() < 0 or indices.max() >= len(x)):
            raise ValueError("column index outside the matrix")
        rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
        result = np.zeros((len(indptr) - 1, *x.shape[1:]))
        weights = data.astype(np.float64).reshape(-1, *[1] * (x.ndim - 1))
        np.add.at(result, rows, weights * x.astype(np.float64)[indices])
        return result
