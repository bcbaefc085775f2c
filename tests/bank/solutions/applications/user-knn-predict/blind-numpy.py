# llmprep: applications/user-knn-predict
import numpy as np


def user_knn_predict(ratings, user, item, k):
    """Estimate one rating from the k positively similar users who rated the item.

    ratings: (U, I), 0 marks a missing entry. Return (float, int array of the neighbours used).
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    visible = np.array(ratings, dtype=np.float64)
    visible[user, item] = 0.0  # the answer must not leak into anything below
    rated = visible != 0
    if not rated.any():
        raise ValueError("no ratings left")

    counts = rated.sum(axis=1)
    means = np.where(counts > 0, visible.sum(axis=1) / np.maximum(counts, 1), visible[rated].mean())
    deviations = np.where(rated, visible - means[:, None], 0.0)

    norms = np.sqrt(np.einsum("ui,ui->u", deviations, deviations))
    denominators = norms * norms[user]
    similarity = np.divide(
        deviations @ deviations[user], denominators, out=np.zeros_like(norms), where=denominators > 0
    )
    similarity = np.round(similarity, 9)

    candidates = np.flatnonzero(rated[:, item] & (similarity > 0))
    neighbours = candidates[np.argsort(-similarity[candidates], kind="stable")][:k]
    if neighbours.size == 0:
        return float(means[user]), neighbours
    offset = np.average(deviations[neighbours, item], weights=similarity[neighbours])
    return float(means[user] + offset), neighbours
