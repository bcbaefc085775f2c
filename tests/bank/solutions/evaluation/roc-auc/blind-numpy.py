# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    """Full ROC curve, one point per distinct score after the (0, 0) start, with the area under it."""
    y_true, scores = np.asarray(y_true), np.asarray(scores)
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("labels and scores must be vectors of one length")
    if not np.isfinite(scores).all():
        raise ValueError("scores must be finite")
    if not np.all((y_true == 0) | (y_true == 1)):
        raise ValueError("labels must be 0 or 1")
    positive = y_true == 1
    n_pos = int(np.count_nonzero(positive))
    n_neg = len(positive) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both classes are needed")

    # Grouped in the scores' own dtype: large integers must not merge in float64.
    levels, group = np.unique(scores, return_inverse=True)
    hits = np.bincount(group[positive], minlength=len(levels))[::-1]
    alarms = np.bincount(group[~positive], minlength=len(levels))[::-1]
    tp, fp = (np.concatenate(([0], np.cumsum(c))) for c in (hits, alarms))
    doubled_area = np.dot(alarms, tp[1:] + tp[:-1])
    thresholds = np.concatenate(([np.inf], levels[::-1].astype(np.float64)))
    return fp / n_neg, tp / n_pos, thresholds, float(doubled_area / (2 * n_pos * n_neg))
