# llmprep: compression/csr-matvec
import numpy as np


class CSR:
    """Compressed sparse rows: encode a dense matrix, multiply an encoded one."""

    def encode(self, dense):
        """Collect the non-zeros row by row; return (data, indices, indptr)."""
        if dense.ndim != 2:
            raise ValueError("dense must have two axes")
        values, columns, starts = [], [], [0]
        for row in dense.tolist():
            for column, entry in enumerate(row):
                if entry != 0:
                    values.append(entry)
                    columns.append(column)
            starts.append(len(values))
        return (
            np.array(values, dtype=dense.dtype),
            np.array(columns, dtype=np.int64),
            np.array(starts, dtype=np.int64),
        )

    def matmul(self, data, indices, indptr, x):
        """Sparse matrix times vector or matrix, in float64."""
        starts = indptr.tolist()
        columns = indices.tolist()
        if len(starts) == 0 or starts[0] != 0 or starts[-1] != len(data):
            raise ValueError("indptr must run from 0 to the number of entries")
        for left, right in zip(starts[:-1], starts[1:]):
            if right < left:
                raise ValueError("indptr must not decrease")
        if len(columns) != len(data):
            raise ValueError("indices and data must have one length")
        for column in columns:
            if column < 0 or column >= x.shape[0]:
                raise ValueError("column out of range")
        values = data.astype(np.float64)
        dense_x = x.astype(np.float64)
        out = np.zeros((len(starts) - 1,) + x.shape[1:], dtype=np.float64)
        for row in range(len(starts) - 1):
            for place in range(starts[row], starts[row + 1]):
                out[row] += values[place] * dense_x[columns[place]]
        return out
