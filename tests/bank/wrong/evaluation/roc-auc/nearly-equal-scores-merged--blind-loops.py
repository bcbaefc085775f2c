# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    """Sort, cumulate, keep the last example of every run of equal scores."""
    if y_true.ndim != 1 or scores.ndim != 1 or len(y_true) != len(scores):
        raise ValueError("one-dimensional, equal length")
    if np.any((y_true != 0) & (y_true != 1)) or not np.all(np.isfinite(scores)):
        raise ValueError("labels or scores")
    n_pos = int(np.count_nonzero(y_true))
    n_neg = len(y_true) - n_pos
    if min(n_pos, n_neg) == 0:
        raise ValueError("need both classes")
    order = np.argsort(scores, kind="stable")[::-1]
    s = scores[order].astype(np.float64)
    y = y_true[order].astype(np.int64)
    new_level = ~np.isclose(s[1:], s[:-1])
    last = np.append(np.flatnonzero(new_level), len(s) - 1)
    first = np.append(0, last[:-1] + 1)
    tpr = np.append(0, np.cumsum(y)[last]) / n_pos
    fpr = np.append(0, np.cumsum(1 - y)[last]) / n_neg
    thresholds = np.append(np.inf, s[first])
    area = ((tpr[1:] + tpr[:-1]) / 2 * (fpr[1:] - fpr[:-1])).sum()
    return fpr, tpr, thresholds, float(area)
