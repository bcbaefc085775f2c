# llmprep: applications/user-knn-predict
import numpy as np


def user_knn_predict(ratings, user, item, k):
    """Similarity-weighted deviations of the neighbours, added to the user's own mean."""
    if k < 1:
        raise ValueError("k < 1")
    table = np.where(ratings == 0, np.nan, ratings)
    table[user, item] = np.nan
    known = ~np.isnan(table)
    if not known.any():
        raise ValueError("nothing rated")

    overall = np.nanmean(table)
    sizes = known.sum(axis=1)
    mean = np.full(len(table), overall)
    mean[sizes > 0] = np.nansum(table, axis=1)[sizes > 0] / sizes[sizes > 0]
    centred = np.nan_to_num(table - mean[:, None])

    length = np.linalg.norm(centred, axis=1)
    unit = centred / np.where(length == 0, 1, length)[:, None]
    sim = (unit @ unit[user]).round(9)

    pool = np.nonzero(known[:, item] & (sim > 0))[0]
    chosen = pool[sim[pool].argsort(kind="stable")[:k]]
    if len(chosen) == 0:
        return mean[user], chosen
    weight = sim[chosen]
    return mean[user] + weight @ centred[chosen, item] / weight.sum(), chosen
