# mistake: none
# The cumulative sum is in float32.
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Return (tokens, accepted): per row the accepted draft tokens, one more, then -1; and how many were accepted."""
    B, G, V = q.shape
    if draft.shape != (B, G) or p.shape != (B, G + 1, V) or uniforms.shape != (B, G + 1):
        raise ValueError("draft is (B, G), p (B, G + 1, V), q (B, G, V), uniforms (B, G + 1)")
    if not ((draft >= 0) & (draft < V)).all():
        raise ValueError("tokens are from 0 to V - 1")
    if (q[np.arange(B)[:, None], np.arange(G), draft] == 0).any():
        raise ValueError("a draft token has probability 0 under q")

    tokens = np.full((B, G + 1), -1)
    accepted = np.zeros(B, dtype=np.int64)
    for b in range(B):
        n = 0
        while n < G and uniforms[b, n] * q[b, n, draft[b, n]] < p[b, n, draft[b, n]]:
            tokens[b, n] = draft[b, n]
            n += 1
        weights = np.maximum(p[b, n] - q[b, n], 0) if n < G else p[b, n]
        if not weights.any():
            weights = p[b, n]
        c = np.cumsum((weights / weights.sum()).astype(np.float32), dtype=np.float32)
        tokens[b, n] = np.argmax(c > np.float32(uniforms[b, -1]))
        accepted[b] = n
    return tokens, accepted