"""Law: the curve is scikit-learn's with every threshold kept, the area scikit-learn's and SciPy's U statistic's."""

import numpy as np
import pytest

metrics = pytest.importorskip("sklearn.metrics")
stats = pytest.importorskip("scipy.stats")

EXERCISE = "evaluation/roc-auc"


@pytest.mark.parametrize("levels", [2, 5, 30, None])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("seed", range(5))
def test_oracles_agree(reference, levels, share, seed):
    """Scores on a few levels (many ties) or without any tie, classes balanced or not."""
    rng = np.random.default_rng(seed)
    y = (rng.random(120) < share).astype(np.int64)
    y[:2] = 0, 1
    scores = rng.random(120) + 0.4 * y
    if levels:
        scores = np.round(scores * levels) / levels

    fpr, tpr, thresholds, auc = reference(y, scores)
    for got, want in zip((fpr, tpr, thresholds), metrics.roc_curve(y, scores, drop_intermediate=False), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-13)
    assert auc == pytest.approx(metrics.roc_auc_score(y, scores), rel=1e-12)
    u = stats.mannwhitneyu(scores[y == 1], scores[y == 0]).statistic
    assert auc == pytest.approx(u / (y.sum() * (1 - y).sum()), rel=1e-12)
