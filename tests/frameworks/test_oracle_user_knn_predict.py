"""Law: the prediction is the mean plus scikit-learn's k-nearest regression of deviations, by cosine distance,
among similar raters.
"""

import numpy as np
import pytest

pairwise = pytest.importorskip("sklearn.metrics.pairwise")
neighbors = pytest.importorskip("sklearn.neighbors")

EXERCISE = "applications/user-knn-predict"


@pytest.mark.parametrize("k", [1, 3, 100])
@pytest.mark.parametrize(("users", "items", "share"), [(8, 6, 0.8), (30, 12, 0.6), (60, 40, 0.3)])
@pytest.mark.parametrize("seed", range(8))
def test_scikit_learn_predicts_the_same(reference, k, users, items, share, seed):
    """Ratings on a continuum, so that no two similarities are equal."""
    rng = np.random.default_rng(seed)
    ratings = np.where(rng.random((users, items)) < share, rng.uniform(0.5, 5, size=(users, items)), 0.0)
    user, item = 0, 1
    ratings[user, 2:4] = 1.5, 4.5
    prediction, found = reference(ratings, user, item, k)

    hidden = np.where(ratings > 0, ratings, np.nan)
    hidden[user, item] = np.nan
    means = np.array([np.nanmean(row) if np.isfinite(row).any() else np.nanmean(hidden) for row in hidden])
    deviations = np.nan_to_num(hidden - means[:, None])
    similar = pairwise.cosine_similarity(deviations, deviations[[user]])[:, 0] > 1e-9
    candidates = np.flatnonzero(similar & np.isfinite(hidden[:, item]))
    if len(candidates) == 0:
        assert (prediction, len(found)) == (pytest.approx(means[user]), 0)
        return
    nearest = neighbors.KNeighborsRegressor(
        n_neighbors=min(k, len(candidates)), metric="cosine", weights=lambda distance: 1 - distance
    )
    nearest.fit(deviations[candidates], deviations[candidates, item])
    assert prediction == pytest.approx(means[user] + nearest.predict(deviations[[user]])[0], rel=1e-7)
    _, places = nearest.kneighbors(deviations[[user]])
    assert found.tolist() == candidates[places[0]].tolist()
