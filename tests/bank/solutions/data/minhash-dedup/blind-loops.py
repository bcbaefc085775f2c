# llmprep: data/minhash-dedup
import numpy as np

P = 2**31 - 1


def _fingerprints(text, k):
    text = " ".join(text.lower().split())
    if not text:
        return set()
    if len(text) < k:
        shingles = {text}
    else:
        shingles = {text[i : i + k] for i in range(len(text) - k + 1)}
    result = set()
    for shingle in shingles:
        f = 0
        for ch in shingle:
            f = (131 * f + ord(ch)) % P
        result.add(f)
    return result


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """MinHash signatures, pairwise similarity estimates and clusters of near-duplicates."""
    a, b = np.asarray(a), np.asarray(b)
    if k < 1:
        raise ValueError("k must be at least 1")
    if a.ndim != 1 or a.shape != b.shape or a.size == 0:
        raise ValueError("a and b must be non-empty vectors of one length")
    factors, shifts = a.tolist(), b.tolist()
    n, h = len(texts), len(factors)

    rows = []
    for text in texts:
        prints = _fingerprints(text, k)
        rows.append([min(((fa * f + fb) % P for f in prints), default=P) for fa, fb in zip(factors, shifts)])
    signatures = np.array(rows, dtype=np.int64).reshape(n, h)

    similarity = np.zeros((n, n), dtype=np.float64)
    for i in range(n):
        for j in range(n):
            same = 0
            for u, v in zip(rows[i], rows[j]):
                if u == v:
                    same += 1
            similarity[i, j] = same / h

    labels = [-1] * n
    for start in range(n):
        if labels[start] != -1:
            continue
        labels[start] = start  # the smallest index of a component is met first
        open_texts = [start]
        while open_texts:
            i = open_texts.pop()
            for j in range(n):
                if labels[j] == -1 and similarity[i, j] >= threshold:
                    labels[j] = start
                    open_texts.append(j)
    return signatures, similarity, np.array(labels, dtype=np.int64)
