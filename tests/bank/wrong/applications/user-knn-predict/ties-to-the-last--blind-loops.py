# llmprep: applications/user-knn-predict
import numpy as np


def cosine(x, y):
    nx, ny = np.linalg.norm(x), np.linalg.norm(y)
    if nx == 0 or ny == 0:
        return 0.0
    return np.round(np.dot(x, y) / (nx * ny), 9)


def user_knn_predict(ratings, user, item, k):
    """Predict one rating from like-minded users."""
    if k < 1:
        raise ValueError("k must be positive")
    ratings = np.array(ratings, dtype=np.float64)
    ratings[user, item] = 0.0
    if np.count_nonzero(ratings) == 0:
        raise ValueError("nothing rated")
    global_mean = ratings[ratings != 0].mean()
    mean = np.array([row[row != 0].mean() if np.any(row != 0) else global_mean for row in ratings])
    dev = ratings.copy()
    for u in range(len(dev)):
        seen = ratings[u] != 0
        dev[u, seen] -= mean[u]

    raters = np.flatnonzero(ratings[:, item])
    sim = np.array([cosine(dev[user], dev[v]) for v in raters])
    raters, sim = raters[sim > 0], sim[sim > 0]
    order = np.argsort(sim, kind="stable")[::-1][:k]
    neighbours, weights = raters[order], sim[order]
    prediction = mean[user]
    if neighbours.size:
        prediction = prediction + np.average(dev[neighbours, item], weights=weights)
    return float(prediction), neighbours
