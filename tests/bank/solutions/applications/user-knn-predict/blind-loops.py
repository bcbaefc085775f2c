# llmprep: applications/user-knn-predict
import math

import numpy as np


def user_knn_predict(ratings, user, item, k):
    """User-based kNN rating prediction with mean-centred cosine; gives (prediction, neighbour indices)."""
    if not k >= 1:
        raise ValueError("k must be at least 1")
    table = np.array(ratings, dtype=np.float64)  # a copy, so hiding the answer touches nothing outside
    table[user, item] = 0.0
    rows = table.tolist()

    total, count = 0.0, 0
    for row in rows:
        for r in row:
            if r != 0.0:
                total += r
                count += 1
    if count == 0:
        raise ValueError("no rating is left once the answer is hidden")
    overall = total / count

    means = []
    centred = []
    for row in rows:
        given = [r for r in row if r != 0.0]
        mean = sum(given) / len(given) if given else overall
        means.append(mean)
        centred.append([r - mean if r != 0.0 else 0.0 for r in row])

    def norm(row):
        return math.sqrt(sum(d * d for d in row))

    own = centred[user]
    own_norm = norm(own)
    candidates = []
    for other in range(len(rows)):
        if other == user or rows[other][item] == 0.0:
            continue
        other_norm = norm(centred[other])
        if own_norm == 0.0 or other_norm == 0.0:
            continue
        dot = sum(x * y for x, y in zip(own, centred[other]))
        sim = float(np.round(dot / (own_norm * other_norm), 9))
        if sim > 0.0:
            candidates.append((-sim, other))
    candidates.sort()
    chosen = candidates[:k]

    prediction = means[user]
    if chosen:
        weighted, weight = 0.0, 0.0
        for minus_sim, other in chosen:
            weighted += -minus_sim * (rows[other][item] - means[other])
            weight += -minus_sim
        prediction += weighted / weight
    return float(prediction), np.array([other for _, other in chosen], dtype=np.int64)
