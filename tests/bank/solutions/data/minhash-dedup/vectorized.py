# llmprep: data/minhash-dedup
from functools import reduce

import numpy as np

P = np.int64(2**31 - 1)


def prints_of(text, k):
    codes = np.array([ord(c) for c in " ".join(text.lower().split())], dtype=np.int64)
    if codes.size == 0:
        return codes
    windows = np.lib.stride_tricks.sliding_window_view(codes, min(k, codes.size))
    return reduce(lambda f, column: (131 * f + column) % P, windows.T, np.zeros(len(windows), dtype=np.int64))


def minhash_dedup(texts, a, b, k=3, threshold=0.5):
    if k < 1 or a.ndim != 1 or a.shape != b.shape or len(a) == 0:
        raise ValueError("parameters")
    rows = [np.min((np.multiply.outer(prints_of(t, k), a) + b) % P, axis=0, initial=P) for t in texts]
    signatures = np.stack(rows) if rows else np.zeros((0, len(a)), dtype=np.int64)
    similarity = np.mean(signatures[:, None, :] == signatures[None, :, :], axis=-1)
    reach = (similarity >= threshold) | np.eye(len(texts), dtype=bool)
    for _ in range(max(len(texts), 1).bit_length()):
        reach = (reach.astype(np.int64) @ reach.astype(np.int64)) > 0
    clusters = reach.argmax(axis=1) if len(texts) else np.zeros(0, dtype=np.int64)
    return signatures, similarity, clusters
