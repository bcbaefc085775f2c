# llmprep: applications/user-knn-predict
import numpy as np


def user_knn_predict(ratings, user, item, k):
    """kNN over users; masks and matrices."""
    if k < 1:
        raise ValueError("k")
    R = np.asarray(ratings, dtype=float).copy()
    R[user, item] = 0
    rated = R > 0
    if not rated.any():
        raise ValueError("no ratings")
    counts = rated.sum(axis=1)
    mu = np.where(counts > 0, R.sum(axis=1) / np.maximum(counts, 1), R.sum() / rated.sum())
    D = np.where(rated, R - mu[:, None], 0.0)
    lengths = np.sqrt((D**2).sum(axis=1))
    denom = lengths * lengths[user]
    sims = np.round(np.divide(D @ D[user], denom, out=np.zeros(len(R)), where=denom > 0), 9)
    cand = [v for v in range(len(R)) if rated[v, item] and sims[v] > 0]
    cand = sorted(cand, key=lambda v: sims[v])[:k]
    idx = np.array(cand, dtype=int)
    if len(idx) == 0:
        return float(mu[user]), idx
    w = sims[idx]
    return float(mu[user] + (w * (R[idx, item] - mu[idx])).sum() / w.sum()), idx
