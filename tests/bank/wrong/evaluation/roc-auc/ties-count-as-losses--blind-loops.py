# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    """Curve from the unique scores; area by a Riemann sum."""
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("shapes")
    if not np.isfinite(scores).all() or not np.isin(y_true, (0, 1)).all():
        raise ValueError("values")
    positive = y_true.astype(bool)
    if positive.all() or not positive.any():
        raise ValueError("one class only")
    levels, which = np.unique(scores, return_inverse=True)
    hits = np.bincount(which[positive], minlength=len(levels))[::-1]
    alarms = np.bincount(which[~positive], minlength=len(levels))[::-1]
    tpr = np.concatenate(([0.0], np.cumsum(hits) / positive.sum()))
    fpr = np.concatenate(([0.0], np.cumsum(alarms) / (~positive).sum()))
    thresholds = np.concatenate(([np.inf], levels[::-1].astype(np.float64)))
    auc = float(np.sum(np.diff(fpr) * tpr[:-1]))
    return fpr, tpr, thresholds, auc
