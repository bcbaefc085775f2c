# llmprep: inference/speculative-accept
import numpy as np


def _sample(weights, u):
    running, sums = 0.0, []
    for weight in weights:
        running += weight
        sums.append(running)
    bound = u * running
    for v, c in enumerate(sums):
        if c > bound:
            return v
    return sums.index(running)  # u * total was rounded up to the total (subnormal weights)


def speculative_accept(draft, p, q, uniforms):
    """Keep the draft tokens that the target accepts and sample the next one; gives (tokens, accepted)."""
    draft, p, q, uniforms = np.asarray(draft), np.asarray(p), np.asarray(q), np.asarray(uniforms)
    if draft.ndim != 2 or p.ndim != 3 or q.ndim != 3 or uniforms.ndim != 2:
        raise ValueError("wrong number of axes")
    batch, guesses = draft.shape
    vocab = p.shape[2]
    if (
        p.shape[:2] != (batch, guesses + 1)
        or q.shape != (batch, guesses, vocab)
        or uniforms.shape != (batch, guesses + 1)
    ):
        raise ValueError("shapes do not fit together")
    for b in range(batch):
        for i in range(guesses):
            x = int(draft[b, i])
            if not 0 <= x < vocab:
                raise ValueError("draft token outside of the vocabulary")
            if q[b, i, x] == 0:
                raise ValueError("draft token of probability 0")

    tokens = np.full((batch, guesses + 1), -1, dtype=np.int64)
    accepted = np.zeros(batch, dtype=np.int64)
    for b in range(batch):
        n = 0
        while n < guesses:
            x = int(draft[b, n])
            if not uniforms[b, n] * q[b, n, x] < p[b, n, x]:
                break
            tokens[b, n] = x
            n += 1
        target = [float(v) for v in p[b, n]]
        if n < guesses:
            weights = [max(t - float(d), 0.0) for t, d in zip(target, q[b, n])]
            if not any(weight > 0.0 for weight in weights):
                weights = target
        else:
            weights = target
        tokens[b, n] = _sample(weights, float(uniforms[b, guesses]))
        accepted[b] = n
    return tokens, accepted
