# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """Sparse rows."""

    def encode(self, dense):
        """Row by row with flatnonzero."""
        if dense.ndim != 2:
            raise ValueError("dense is not a matrix")
        per_row = [np.flatnonzero(row) for row in dense]
        indptr = np.zeros(dense.shape[0] + 1, dtype=np.int64)
        indptr[1:] = np.cumsum([cols.size for cols in per_row], dtype=np.int64)
        indices = np.concatenate([np.zeros(0, dtype=np.int64)] + per_row).astype(np.int64)
        return dense[dense != 0], indices, indptr

    def matmul(self, data, indices, indptr, x):
        """One dot product per row."""
        bad_ptr = len(indptr) == 0 or indptr[0] != 0 or indptr[-1] != len(data) or (indptr[1:] < indptr[:-1]).any()
        if bad_ptr or len(indices) != len(data):
            raise ValueError("malformed matrix")
        if ((indices < 0) | (indices >= len(x))).any():
            raise ValueError("column outside x")
        answer = np.zeros((len(indptr) - 1,) + x.shape[1:], dtype=np.result_type(data, x))
        for i, (lo, hi) in enumerate(zip(indptr[:-1], indptr[1:])):
            answer[i] = data[lo:hi] @ x[indices[lo:hi]]
        return answer.astype(np.float64)
