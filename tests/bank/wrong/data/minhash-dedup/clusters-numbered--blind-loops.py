# llmprep: data/minhash-dedup
import numpy as np


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """MinHash signatures, similarities, clusters."""
    P = (1 << 31) - 1
    a = np.array(a)
    b = np.array(b)
    if k < 1:
        raise ValueError("k < 1")
    if a.ndim != 1 or b.ndim != 1 or a.size != b.size or a.size < 1:
        raise ValueError("hash parameters")

    def fingerprint(s):
        f = 0
        for ch in s:
            f = (f * 131 + ord(ch)) % P
        return f

    n = len(texts)
    signatures = np.empty((n, a.size), dtype=np.int64)
    for t in range(n):
        words = texts[t].lower().split()
        clean = " ".join(words)
        last = len(clean) - k
        pieces = {clean[i : i + k] for i in range(last + 1)} if last >= 0 else {clean} - {""}
        codes = [fingerprint(piece) for piece in pieces]
        for j in range(a.size):
            best = P
            for f in codes:
                best = min(best, (int(a[j]) * f + int(b[j])) % P)
            signatures[t, j] = best

    similarity = np.ones((n, n))
    parent = list(range(n))

    def find(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i in range(n):
        for j in range(i):
            share = np.count_nonzero(signatures[i] == signatures[j]) / a.size
            similarity[i, j] = similarity[j, i] = share
            if share >= threshold:
                parent[find(i)] = find(j)

    number = {}
    clusters = np.empty(n, dtype=np.int64)
    for i in range(n):
        clusters[i] = number.setdefault(find(i), len(number))
    return signatures, similarity, clusters
