# mistake: none
# Integer data go through int32.
import numpy as np


class CSR:
    def encode(self, dense):
        rows, columns = np.nonzero(dense)  # row after row, columns ascending; refuses what is not 2-D
        counts = np.bincount(rows, minlength=len(dense))
        indptr = np.concatenate(([0], np.cumsum(counts)))
        return dense[rows, columns], columns, indptr

    def matmul(self, data, indices, indptr, x):
        if len(indptr) == 0 or indptr[0] != 0 or indptr[-1] != len(data) or (indptr[1:] < indptr[:-1]).any():
            raise ValueError("row pointers must ascend from 0 to the number of entries")
        if len(indices) != len(data) or (indices < 0).any() or (indices >= len(x)).any():
            raise ValueError("each entry needs a column of the matrix")
        data = data.astype(np.int32) if data.dtype.kind in "iu" else data
        data, x = data.astype(np.float64), x.astype(np.float64)
        y = np.zeros((len(indptr) - 1, *x.shape[1:]))
        for i in range(len(y)):
            row = slice(indptr[i], indptr[i + 1])
            y[i] = data[row] @ x[indices[row]]
        return y