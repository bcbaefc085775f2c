import numpy as np


class CSR:
    def encode(self, dense):
        if dense.ndim != 2:
            raise ValueError
        rows, cols = dense.shape
        entries = [(dense[i, j], j) for j in range(cols) for i in range(rows) if dense[i, j] != 0]
        counts = [sum(1 for v in dense[i] if v != 0) for i in range(rows)]
        values = np.array([v for v, _ in entries], dtype=dense.dtype)
        return (
            values,
            np.array([j for _, j in entries], dtype=np.int64),
            np.array([0, *np.cumsum(counts)], dtype=np.int64),
        )

    def matmul(self, data, indices, indptr, x):
        if len(indptr) < 1 or indptr[0] or indptr[-1] != len(data) or len(indices) != len(data):
            raise ValueError
        if (np.diff(indptr) < 0).any() or (len(indices) and (min(indices) < 0 or max(indices) >= len(x))):
            raise ValueError
        y = [
            np.tensordot(data[s:e].astype(float), x[indices[s:e]].astype(float), 1) for s, e in zip(indptr, indptr[1:])
        ]
        return np.array(y, dtype=float).reshape(len(indptr) - 1, *x.shape[1:])
