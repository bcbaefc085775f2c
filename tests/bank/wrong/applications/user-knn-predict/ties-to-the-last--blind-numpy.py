# llmprep: applications/user-knn-predict
import numpy as np


def user_knn_predict(ratings, user, item, k):
    """Mean-centred user-based collaborative filtering for one cell of the table."""
    if k < 1:
        raise ValueError("k must be positive")
    r = np.asarray(ratings, dtype=float).copy()
    r[user, item] = 0
    mask = (r > 0).astype(float)
    total = mask.sum()
    if total == 0:
        raise ValueError("no rating is left")

    per_user = mask.sum(axis=1)
    mu = np.full(r.shape[0], r.sum() / total)
    np.divide(r.sum(axis=1), per_user, out=mu, where=per_user > 0)
    dev = (r - mu[:, None]) * mask

    dots = np.einsum("ui,i->u", dev, dev[user])
    scale = np.linalg.norm(dev, axis=1) * np.linalg.norm(dev[user])
    cosine = np.round(np.where(scale > 0, dots / np.where(scale > 0, scale, 1.0), 0.0), 9)

    order = np.argsort(cosine, kind="stable")[::-1]
    eligible = (mask[:, item] > 0) & (cosine > 0)
    nearest = order[eligible[order]][:k]
    if not nearest.size:
        return float(mu[user]), nearest
    shift = np.sum(cosine[nearest] * dev[nearest, item]) / np.sum(cosine[nearest])
    return float(mu[user] + shift), nearest
