# llmprep: evaluation/roc-auc
import math

import numpy as np


def roc_curve_auc(y_true, scores):
    """ROC points at every distinct score, from the highest down, and the trapezoidal area under them."""
    if y_true.ndim != 1 or scores.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("labels and scores must be one-dimensional and equally long")
    labels, values = y_true.tolist(), scores.tolist()
    for label in labels:
        if label not in (0, 1):
            raise ValueError("labels must be 0 or 1")
    for value in values:
        if not math.isfinite(value):
            raise ValueError("scores must be finite")
    positives = 0
    for label in labels:
        positives += int(label)
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        raise ValueError("both classes are needed")

    order = sorted(range(len(values)), key=lambda i: values[i], reverse=True)
    thresholds, true_counts, false_counts = [math.inf], [0], [0]
    previous = None
    for i in order:
        if previous is None or values[i] != previous:
            previous = values[i]
            thresholds.append(float(previous))
            true_counts.append(true_counts[-1])
            false_counts.append(false_counts[-1])
        if labels[i]:
            true_counts[-1] += 1
        else:
            false_counts[-1] += 1

    doubled_area = 0
    for k in range(1, len(thresholds)):
        doubled_area += (false_counts[k] - false_counts[k - 1]) * (true_counts[k] + true_counts[k - 1])
    fpr = np.array([count / negatives for count in false_counts], dtype=np.float64)
    tpr = np.array([count / positives for count in true_counts], dtype=np.float64)
    return fpr, tpr, np.array(thresholds, dtype=np.float64), doubled_area / (2 * positives * negatives)
