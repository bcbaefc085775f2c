"""Laws: clusters are SciPy's connected components; estimates scatter around scikit-learn's exact Jaccard similarity."""

import numpy as np
import pytest

csgraph = pytest.importorskip("scipy.sparse.csgraph")
text_features = pytest.importorskip("sklearn.feature_extraction.text")
metrics = pytest.importorskip("sklearn.metrics")

EXERCISE = "data/minhash-dedup"
P = 2**31 - 1
WORDS = ["the", "model", "reads", "many", "pages", "of", "a", "corpus", "and", "learns", "which", "word", "comes"]


def documents(rng, n):
    """A chain of edits, so that neighbours resemble each other and the ends do not."""
    chain = [list(rng.choice(WORDS, size=15))]
    for _ in range(n - 1):
        chain.append(list(chain[-1]))
        for at in rng.integers(15, size=3):
            chain[-1][at] = rng.choice(WORDS)
    return [" ".join(chain[i]) for i in rng.permutation(n)]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_connected_components(reference, threshold, seed):
    """Two texts share a label just if a path of similar texts joins them; the label is the smallest index."""
    rng = np.random.default_rng(seed)
    _, similarity, clusters = reference(
        documents(rng, 12), rng.integers(1, P, size=64), rng.integers(0, P, size=64), threshold=threshold
    )
    _, component = csgraph.connected_components(similarity >= threshold)
    smallest = [int(np.flatnonzero(component == own)[0]) for own in component]
    assert clusters.tolist() == smallest


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("seed", range(3))
def test_estimates_scatter_around_the_exact_similarity(reference, k, seed):
    """With H hashes no estimate is further off than five standard deviations, sqrt(J (1 - J) / H), and 0.02."""
    rng = np.random.default_rng(seed)
    texts, h = documents(rng, 8), 1024
    _, similarity, _ = reference(texts, rng.integers(1, P, size=h), rng.integers(0, P, size=h), k=k)
    sets = text_features.CountVectorizer(analyzer="char", ngram_range=(k, k), binary=True).fit_transform(texts)
    sets = sets.toarray().astype(bool)
    exact = 1 - metrics.pairwise_distances(sets, metric="jaccard")
    assert (np.abs(similarity - exact) <= 5 * np.sqrt(exact * (1 - exact) / h) + 0.02).all()
