"""Law: tokens follow the target's distribution (SciPy's chi-square test), whatever the draft model."""

import numpy as np
import pytest

stats = pytest.importorskip("scipy.stats")

EXERCISE = "inference/speculative-accept"


@pytest.mark.parametrize("agreement", [0.0, 0.5, 0.95])
@pytest.mark.parametrize("seed", range(3))
def test_two_tokens_are_distributed_as_the_target_would_have_them(reference, agreement, seed):
    """Both models are Markov chains; pairs of tokens follow p(x) p(y | x), drafted or not."""
    rng = np.random.default_rng(seed)
    vocabulary, runs = 4, 20_000
    first, then = rng.dirichlet(np.ones(vocabulary)), rng.dirichlet(np.ones(vocabulary), size=vocabulary)
    draft_first = agreement * first + (1 - agreement) * rng.dirichlet(np.ones(vocabulary))
    draft_then = agreement * then + (1 - agreement) * rng.dirichlet(np.ones(vocabulary), size=vocabulary)

    x = rng.choice(vocabulary, p=draft_first, size=runs)
    y = np.array([rng.choice(vocabulary, p=draft_then[token]) for token in x])
    p = np.stack([np.broadcast_to(first, (runs, vocabulary)), then[x], then[y]], axis=1)
    q = np.stack([np.broadcast_to(draft_first, (runs, vocabulary)), draft_then[x]], axis=1)
    tokens, accepted = reference(np.stack([x, y], axis=1), p, q, rng.random((runs, 3)))

    # Where the first draft was refused, the second token is what the next round begins with: the target's own.
    second = np.where(accepted > 0, tokens[:, 1], [rng.choice(vocabulary, p=then[token]) for token in tokens[:, 0]])
    counts = np.zeros((vocabulary, vocabulary))
    np.add.at(counts, (tokens[:, 0], second), 1)
    expected = runs * first[:, None] * then
    seen = expected > 5
    chi = ((counts - expected)[seen] ** 2 / expected[seen]).sum()
    assert stats.chi2.sf(chi, seen.sum() - 1) > 1e-6
    assert (accepted >= 1).mean() == pytest.approx(np.minimum(first, draft_first).sum(), abs=0.02)
