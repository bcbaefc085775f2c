# llmprep: data/minhash-dedup
import numpy as np

P = (1 << 31) - 1


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """Near-duplicate groups of texts from their MinHash signatures."""
    a, b = np.asarray(a), np.asarray(b)
    if k < 1 or a.ndim != 1 or b.ndim != 1 or len(a) != len(b) or len(a) == 0:
        raise ValueError("bad k, a or b")
    n = len(texts)
    signatures = np.full((n, len(a)), P, dtype=np.int64)
    for i, text in enumerate(texts):
        text = " ".join(text.lower().split())
        if not text:
            continue
        shingles = {text[j : j + k] for j in range(max(len(text) - k + 1, 1))}
        prints = np.zeros(len(shingles), dtype=np.int64)
        for j, shingle in enumerate(shingles):
            value = 0
            for character in shingle:
                value = (value * 131 + ord(character)) % P
            prints[j] = value
        signatures[i] = ((np.outer(prints, a) + b) % P).max(axis=0)

    similarity = np.zeros((n, n))
    for i in range(n):
        similarity[i] = np.mean(signatures == signatures[i], axis=1)

    clusters = np.arange(n)
    for i, j in np.argwhere(similarity >= threshold):
        low, high = sorted((clusters[i], clusters[j]))
        clusters[clusters == high] = low
    return signatures, similarity, clusters
