# llmprep: evaluation/roc-auc
import math

import numpy as np


def roc_curve_auc(y_true, scores):
    if y_true.ndim != 1 or scores.ndim != 1 or len(y_true) != len(scores):
        raise ValueError("one-dimensional arrays of one length")
    by_score = {}
    for label, score in zip(y_true.tolist(), scores.tolist()):
        if not math.isfinite(score) or label not in (0, 1):
            raise ValueError("bad score or label")
        counts = by_score.setdefault(float(score), [0, 0])
        counts[int(label)] += 1
    negatives = sum(n for n, _ in by_score.values())
    positives = sum(p for _, p in by_score.values())
    if negatives == 0 or positives == 0:
        raise ValueError("both classes are needed")
    fpr, tpr, thresholds = [0.0], [0.0], [math.inf]
    wins = 0.0  # in pairs
    above_n = above_p = 0
    for threshold in sorted(by_score, reverse=True):
        n, p = by_score[threshold]
        wins += n * above_p + n * p / 2
        above_n, above_p = above_n + n, above_p + p
        fpr.append(above_n / negatives)
        tpr.append(above_p / positives)
        thresholds.append(threshold)
    return np.array(fpr), np.array(tpr), np.array(thresholds), wins / (negatives * positives)
