# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Accept draft tokens, add one."""
    draft, p, q, uniforms = map(np.asarray, (draft, p, q, uniforms))
    if (draft.ndim, p.ndim, q.ndim, uniforms.ndim) != (2, 3, 3, 2):
        raise ValueError("dimensions")
    B, G = draft.shape
    V = p.shape[2]
    if p.shape[0] != B or p.shape[1] != G + 1 or q.shape != (B, G, V) or uniforms.shape != (B, G + 1):
        raise ValueError("shapes")
    if draft.size and (draft.min() < 0 or draft.max() >= V):
        raise ValueError("token out of range")
    rows, cols = np.arange(B)[:, None], np.arange(G)[None, :]
    q_x, p_x = q[rows, cols, draft], p[rows, cols, draft]
    if (q_x == 0).any():
        raise ValueError("impossible draft token")

    ok = uniforms[:, :G] * q_x < p_x
    accepted = np.cumprod(ok, axis=1).sum(axis=1).astype(np.int64)
    tokens = np.full((B, G + 1), -1, dtype=np.int64)
    for b, n in enumerate(accepted):
        tokens[b, :n] = draft[b, :n]
        r = p[b, n]
        if n < G:
            excess = np.clip(p[b, n] - q[b, n], 0, None)
            if excess.any():
                r = excess
        tokens[b, n] = np.argmax(np.cumsum(r) > uniforms[b, G])
    return tokens, accepted
