# llmprep: data/minhash-dedup
import numpy as np

PRIME = 2147483647


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    if k < 1:
        raise ValueError("k")
    if a.ndim != 1 or b.ndim != 1 or len(a) != len(b) or len(a) < 1:
        raise ValueError("a and b")
    pairs = list(zip(a.tolist(), b.tolist()))
    signatures = []
    for text in texts:
        words = " ".join(text.lower().split())
        starts = range(len(words) - k + 1)
        grams = {words[s : s + k] for s in starts} if len(words) >= k else {words} - {""}
        prints = set()
        for gram in grams:
            value = 0
            for character in gram:
                value = (value * 131 + ord(character)) % PRIME
            prints.add(value)
        signatures.append([min(((m * f + c) % PRIME for f in prints), default=PRIME) for m, c in pairs])

    count = len(texts)
    similarity = np.zeros((count, count))
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i in range(count):
        for j in range(count):
            agree = 0
            for left, right in zip(signatures[i], signatures[j]):
                agree += left == right
            similarity[i, j] = agree / len(pairs)
            if similarity[i, j] >= threshold:
                first, second = sorted((root(i), root(j)))
                parent[second] = first
    clusters = np.array([root(i) for i in range(count)], dtype=np.int64)
    return np.array(signatures, dtype=np.int64).reshape(count, len(pairs)), similarity, clusters
