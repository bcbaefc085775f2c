# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """CSR packing and product."""

    def encode(self, dense):
        """Return values, columns and row boundaries of the entries that are not zero."""
        if dense.ndim != 2:
            raise ValueError("dense must have two axes")
        position = np.flatnonzero(dense.ravel() != 0)
        row, col = np.divmod(position, max(dense.shape[1], 1))
        indptr = np.searchsorted(row, np.arange(dense.shape[0] + 1)).astype(np.int64)
        return dense.ravel()[position], col.astype(np.int64), indptr

    def matmul(self, data, indices, indptr, x):
        """Row sums of data times the gathered rows of x."""
        counts = np.diff(indptr)
        if indptr.size == 0 or indptr[0] != 0 or (counts < 0).any() or indptr[-1] != data.size:
            raise ValueError("indptr is not a valid row index")
        if indices.size != data.size or ((indices < 0) | (indices >= x.shape[0])).any():
            raise ValueError("indices do not fit")
        gathered = x[indices]
        products = data[:, None] * gathered if x.ndim == 2 else data * gathered
        total = np.zeros((counts.size,) + x.shape[1:], dtype=products.dtype)
        np.add.at(total, np.repeat(np.arange(counts.size), counts), products)
        return total.astype(np.float64)
