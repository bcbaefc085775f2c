# llmprep: data/minhash-dedup
import numpy as np

MERSENNE = 2147483647


def _shingle_hashes(text, k):
    """Polynomial hashes of all windows of k characters (or of the whole short text)."""
    code_points = np.fromiter(map(ord, text), dtype=np.int64, count=len(text))
    width = min(k, len(text))
    starts = np.arange(len(text) - width + 1)
    value = np.zeros(starts.size, dtype=np.int64)
    for offset in range(width):
        value = (131 * value + code_points[starts + offset]) % MERSENNE
    return value


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """Signatures, pairwise similarity and the transitive clusters of similar texts."""
    a = np.asarray(a, dtype=np.int64)
    b = np.asarray(b, dtype=np.int64)
    if k < 1:
        raise ValueError("k")
    if a.ndim != 1 or b.ndim != 1 or a.shape != b.shape or not a.size:
        raise ValueError("a, b")

    signatures = np.full((len(texts), a.size), MERSENNE, dtype=np.int64)
    for i, text in enumerate(texts):
        clean = " ".join(text.lower().split())
        if clean:
            hashes = (a * _shingle_hashes(clean, k)[:, None] + b) % MERSENNE
            signatures[i] = hashes.min(axis=0)
    similarity = np.mean(signatures[:, None, :] == signatures[None, :, :], axis=-1)

    # Transitive closure by repeated squaring of the boolean adjacency.
    reach = (similarity >= threshold) | np.eye(len(texts), dtype=bool)
    while True:
        wider = (reach.astype(np.float64) @ reach) > 0
        if (wider == reach).all():
            break
        reach = wider
    if not len(texts):
        return signatures, similarity, np.zeros(0, dtype=np.int64)
    clusters = np.unique(reach.argmax(axis=1), return_inverse=True)[1]
    return signatures, similarity, clusters
