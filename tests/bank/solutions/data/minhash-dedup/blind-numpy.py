# llmprep: data/minhash-dedup
import numpy as np

PRIME = 2**31 - 1


def _fingerprints(text, k):
    """Distinct fingerprints of the shingles of one normalised text, as int64."""
    codes = np.array([ord(character) for character in text], dtype=np.int64)
    if codes.size == 0:
        return codes
    windows = np.lib.stride_tricks.sliding_window_view(codes, min(k, codes.size))
    prints = np.zeros(len(windows), dtype=np.int64)
    for column in windows.T:
        prints = (131 * prints + column) % PRIME
    return np.unique(prints)


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """Estimate Jaccard similarity by MinHash and group near duplicates.

    Return signatures (N, H), similarity (N, N) and clusters (N,), each label the least index of its group.
    """
    a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    if k < 1:
        raise ValueError("k must be at least 1")
    if a.ndim != 1 or a.shape != b.shape or a.size == 0:
        raise ValueError("a and b must be non-empty vectors of equal length")

    count = len(texts)
    signatures = np.full((count, a.size), PRIME, dtype=np.int64)
    for row, text in zip(signatures, texts):
        prints = _fingerprints(" ".join(text.lower().split()), k)
        row[:] = np.min((a[:, None] * prints + b[:, None]) % PRIME, axis=1, initial=PRIME)

    similarity = (signatures[:, None] == signatures).mean(axis=2)

    # Each label falls to the least one among linked texts, with pointer jumping, until nothing moves.
    linked = (similarity >= threshold) | np.eye(count, dtype=bool)
    clusters = np.arange(count)
    while True:
        lowered = np.where(linked, clusters, count).min(axis=1, initial=count)
        lowered = lowered[lowered]
        if np.array_equal(lowered, clusters):
            return signatures, similarity, clusters
        clusters = lowered
