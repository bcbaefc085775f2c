# llmprep: applications/user-knn-predict
import numpy as np


def user_knn_predict(ratings, user, item, k):
    if k <= 0:
        raise ValueError("k must be at least 1")
    stars = np.where(ratings == 0, np.nan, ratings)
    stars[user, item] = np.nan
    have = ~np.isnan(stars)
    if have.sum() == 0:
        raise ValueError("nothing to learn from")
    number = have.sum(axis=1)
    means = np.where(number > 0, np.nansum(stars, axis=1) / np.maximum(number, 1), np.nansum(stars) / have.sum())
    rows = np.nan_to_num(stars - means[:, None])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    similarity = np.round(np.einsum("ui,i->u", unit, unit[user]), 9)
    similarity[~have[:, item]] = 0
    order = np.lexsort((np.arange(len(rows)), -similarity))[:k]
    neighbours = order[similarity[order] > 0]
    if neighbours.size == 0:
        return means[user], neighbours
    return means[user] + np.average(rows[neighbours, item], weights=similarity[neighbours]), neighbours
