# llmprep: applications/user-knn-predict
import math

import numpy as np


def user_knn_predict(ratings, user, item, k):
    if k < 1:
        raise ValueError("k")
    users, items = ratings.shape
    given = [{} for _ in range(users)]
    for u in range(users):
        for i in range(items):
            if ratings[u, i] != 0 and (u, i) != (user, item):
                given[u][i] = float(ratings[u, i])
    everything = [stars for row in given for stars in row.values()]
    if not everything:
        raise ValueError("no ratings")
    means = [sum(row.values()) / len(row) if row else sum(everything) / len(everything) for row in given]
    deviations = [{i: stars - means[u] for i, stars in row.items()} for u, row in enumerate(given)]
    lengths = [math.sqrt(sum(d * d for d in row.values())) for row in deviations]

    found = []
    for v in range(users):
        if item not in given[v] or lengths[v] == 0 or lengths[user] == 0:
            continue
        product = sum(d * deviations[user][i] for i, d in deviations[v].items() if i in deviations[user])
        similarity = round(product / (lengths[v] * lengths[user]), 9)
        if similarity > 0:
            found.append((-similarity, v))
    found = sorted(found)[:k]
    if not found:
        return means[user], np.array([], dtype=np.int64)
    total = sum(-s for s, _ in found)
    shift = sum(-s * deviations[v][item] for s, v in found) / total
    return means[user] + shift, np.array([v for _, v in found])
