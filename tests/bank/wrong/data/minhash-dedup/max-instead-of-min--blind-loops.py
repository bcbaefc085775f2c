# llmprep: data/minhash-dedup
import numpy as np

PRIME = 2147483647


def prints_of(text, k):
    text = " ".join(text.lower().split())
    if text == "":
        return []
    grams = set(text[i : i + k] for i in range(max(1, len(text) - k + 1)))
    out = []
    for g in grams:
        value = 0
        for c in g:
            value = (value * 131 + ord(c)) % PRIME
        out.append(value)
    return out


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    """MinHash signatures, similarities, clusters."""
    if k < 1:
        raise ValueError("k")
    a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    if a.ndim != 1 or b.ndim != 1 or len(a) != len(b) or len(a) == 0:
        raise ValueError("a, b")
    N = len(texts)
    sig = np.full((N, len(a)), PRIME, dtype=np.int64)
    for row, text in enumerate(texts):
        f = np.array(prints_of(text, k), dtype=np.int64)
        if f.size:
            sig[row] = ((np.outer(a, f) + b[:, None]) % PRIME).max(axis=1)
    sim = (sig[:, None, :] == sig[None, :, :]).mean(axis=2) if N else np.zeros((0, 0))
    label = np.arange(N)
    changed = True
    while changed:
        changed = False
        for i in range(N):
            for j in range(N):
                if sim[i, j] >= threshold and label[j] < label[i]:
                    label[i] = label[j]
                    changed = True
    return sig, sim, label
