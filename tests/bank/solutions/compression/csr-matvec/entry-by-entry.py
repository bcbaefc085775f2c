import numpy as np


class CSR:
    def encode(self, dense):
        if dense.ndim != 2:
            raise ValueError
        data, cols, ends = [], [], [0]
        for row in dense:
            for j, v in enumerate(row):
                if v != 0:
                    data.append(v)
                    cols.append(j)
            ends.append(len(data))
        return np.array(data, dtype=dense.dtype), np.array(cols, dtype=int), np.array(ends, dtype=int)

    def matmul(self, data, indices, indptr, x):
        if not len(indptr) or indptr[0] != 0 or indptr[-1] != len(data) or np.any(np.diff(indptr) < 0):
            raise ValueError
        if len(indices) != len(data) or any(c < 0 or c >= len(x) for c in indices):
            raise ValueError
        y = np.zeros((len(indptr) - 1,) + x.shape[1:])
        for r in range(len(y)):
            for k in range(indptr[r], indptr[r + 1]):
                y[r] += np.float64(data[k]) * x[indices[k]].astype(float)
        return y
