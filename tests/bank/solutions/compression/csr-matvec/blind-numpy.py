# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """Stateless conversion to, and multiplication by, compressed sparse row matrices."""

    def encode(self, dense):
        """Split a matrix into its non-zero values, their columns and the row boundaries."""
        dense = np.asarray(dense)
        if dense.ndim != 2:
            raise ValueError("dense must be two-dimensional")
        rows, cols = np.nonzero(dense)
        counts = np.count_nonzero(dense, axis=1)
        indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return dense[rows, cols], cols.astype(np.int64), indptr

    def matmul(self, data, indices, indptr, x):
        """Sum data * x[column] over the entries of each row, in float64."""
        data, indices, indptr, x = map(np.asarray, (data, indices, indptr, x))
        if indptr.size == 0 or indptr[0] != 0 or indptr[-1] != len(data) or np.any(indptr[1:] < indptr[:-1]):
            raise ValueError("indptr must climb from 0 to the number of entries")
        if len(indices) != len(data):
            raise ValueError("indices and data differ in length")
        if np.any((indices < 0) | (indices >= x.shape[0])):
            raise ValueError("column out of range")
        x = x.astype(np.float64)
        out = np.zeros((len(indptr) - 1,) + x.shape[1:])
        filled = np.flatnonzero(indptr[1:] > indptr[:-1])
        if filled.size and out.size:
            terms = np.einsum("e,e...->e...", data.astype(np.float64), x[indices])
            out[filled] = np.add.reduceat(terms, indptr[filled], axis=0)
        return out
