# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    """ROC curve over all distinct thresholds and its area."""
    y, s = np.asarray(y_true), np.asarray(scores)
    if y.ndim != 1 or s.shape != y.shape:
        raise ValueError("labels and scores must be vectors of one length")
    if not np.all(np.isfinite(s)):
        raise ValueError("non-finite score")
    if np.any((y != 0) & (y != 1)):
        raise ValueError("label other than 0 or 1")
    positives = np.count_nonzero(y)
    if positives == 0 or positives == y.size:
        raise ValueError("both classes must occur")
    descending = np.argsort(s, kind="stable")[::-1]
    s = s[descending].astype(np.float64)
    hit = y[descending] == 1
    # A new threshold starts where the score changes; isclose guards against rounding.
    ends = np.r_[np.flatnonzero(~np.isclose(np.diff(s), 0.0)), s.size - 1]
    tpr = np.r_[0.0, np.cumsum(hit)[ends] / positives]
    fpr = np.r_[0.0, np.cumsum(~hit)[ends] / (y.size - positives)]
    auc = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1])) / 2
    return fpr, tpr, np.r_[np.inf, s[ends]], float(auc)
