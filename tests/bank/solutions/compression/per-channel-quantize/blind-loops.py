# llmprep: compression/per-channel-quantize
import math

import numpy as np


def _scale_of(values):
    top = max(abs(v) for v in values)
    return top / 127 if top > 0 else 1.0


def _root_mean_square(errors):
    # scaled by the largest one: the squares of tiny or huge errors leave float64
    top = max(abs(e) for e in errors)
    if top == 0.0:
        return 0.0
    return top * math.sqrt(sum((e / top) ** 2 for e in errors) / len(errors))


def _product_rmse(x_rows, columns_of_error):
    errors = []
    for x_row in x_rows:
        for column in columns_of_error:
            errors.append(sum(u * v for u, v in zip(x_row, column)))
    return _root_mean_square(errors)


def per_channel_quantize(w, x, axis=1):
    """Symmetric int8 codes with one scale per channel; gives (q, scale, rmse, rmse of a single scale)."""
    w, x = np.asarray(w), np.asarray(x)
    if w.ndim != 2 or x.ndim != 2:
        raise ValueError("w and x must be matrices")
    if w.size == 0 or x.size == 0 or x.shape[1] != w.shape[0]:
        raise ValueError("w and x must be non-empty and fit each other")
    if axis not in (-2, -1, 0, 1):
        raise ValueError("axis must be -2, -1, 0 or 1")
    per_column = axis in (1, -1)
    w_rows = w.astype(np.float64).tolist()
    x_rows = x.astype(np.float64).tolist()
    for row in w_rows + x_rows:
        for v in row:
            if not math.isfinite(v):
                raise ValueError("NaN or infinity")

    d_in, d_out = w.shape
    if per_column:
        scales = [_scale_of([w_rows[i][j] for i in range(d_in)]) for j in range(d_out)]
    else:
        scales = [_scale_of(row) for row in w_rows]
    single = _scale_of([v for row in w_rows for v in row])

    q = np.empty((d_in, d_out), dtype=np.int8)
    diff = [[0.0] * d_in for _ in range(d_out)]  # by columns
    diff_single = [[0.0] * d_in for _ in range(d_out)]
    for i in range(d_in):
        for j in range(d_out):
            v = w_rows[i][j]
            s = scales[j] if per_column else scales[i]
            code = round(v / s)  # ties to even
            q[i, j] = code
            diff[j][i] = s * code - v
            diff_single[j][i] = single * round(v / single) - v
    return (q, np.array(scales, dtype=np.float64), _product_rmse(x_rows, diff), _product_rmse(x_rows, diff_single))
