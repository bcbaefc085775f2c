# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    """ROC curve over all distinct thresholds and its area."""
    if y_true.ndim != 1 or scores.ndim != 1 or y_true.size != scores.size:
        raise ValueError("two vectors of equal length are expected")
    if not np.isfinite(scores).all() or not np.isin(y_true, (0, 1)).all():
        raise ValueError("scores must be finite and labels binary")
    labels = y_true.astype(np.int64)
    if labels.sum() in (0, labels.size):
        raise ValueError("one class is absent")
    order = np.argsort(scores, kind="stable")[::-1]
    ranked, labels = scores[order], labels[order]
    last = np.append(np.flatnonzero(ranked[1:] != ranked[:-1]), labels.size - 1)
    tps = np.cumsum(labels)[last]
    fps = last + 1 - tps
    tpr = np.append(0.0, tps / tps[-1])
    fpr = np.append(0.0, fps / fps[-1])
    auc = float(np.sum(np.diff(fpr) * tpr[:-1]))
    return fpr, tpr, np.append(np.inf, ranked[last].astype(np.float64)), auc
