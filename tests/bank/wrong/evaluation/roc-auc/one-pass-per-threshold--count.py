# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    if y_true.ndim != 1 or y_true.shape != scores.shape or not np.isfinite(scores).all():
        raise ValueError("shapes or scores")
    if set(np.unique(y_true).tolist()) != {0, 1}:
        raise ValueError("labels")
    levels = np.unique(scores)
    positive, negative = scores[y_true == 1], scores[y_true == 0]
    tp = np.array([np.count_nonzero(positive >= t) for t in levels[::-1]])
    fp = np.array([np.count_nonzero(negative >= t) for t in levels[::-1]])
    tpr = np.append(0.0, tp / positive.size)
    fpr = np.append(0.0, fp / negative.size)
    auc = float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1])) / 2)
    return fpr, tpr, np.append(np.inf, levels[::-1].astype(np.float64)), auc
