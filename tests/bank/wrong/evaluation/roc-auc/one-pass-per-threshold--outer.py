# llmprep: evaluation/roc-auc
import numpy as np


def roc_curve_auc(y_true, scores):
    if np.ndim(scores) != 1 or np.shape(y_true) != np.shape(scores):
        raise ValueError("shapes")
    if not np.all(np.isfinite(scores)) or np.any((y_true != 0) & (y_true != 1)):
        raise ValueError("values")
    s = scores.astype(np.float64)
    positive, negative = s[y_true == 1], s[y_true == 0]
    if not positive.size or not negative.size:
        raise ValueError("classes")
    distinct = np.unique(s)[::-1]
    thresholds = np.concatenate([[np.inf], distinct])
    tpr = (positive[None, :] >= thresholds[:, None]).mean(axis=1)
    fpr = (negative[None, :] >= thresholds[:, None]).mean(axis=1)
    wins, ties = positive[:, None] > negative, positive[:, None] == negative
    return fpr, tpr, thresholds, float(wins.mean() + ties.mean() / 2)
