# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Accept draft tokens, add one."""
    draft = np.asarray(draft)
    if draft.ndim != 2 or np.ndim(p) != 3:
        raise ValueError("axes")
    B, G = draft.shape
    V = p.shape[-1]
    if p.shape != (B, G + 1, V) or q.shape != (B, G, V) or uniforms.shape != (B, G + 1):
        raise ValueError("shapes")
    if np.any((draft < 0) | (draft >= V)):
        raise ValueError("tokens")
    if np.any(np.take_along_axis(q, draft[:, :, None].astype(int), axis=2) == 0):
        raise ValueError("q is 0")
    c = np.cumsum(p[:, G], axis=1)
    nxt = (c > uniforms[:, G:] * c[:, -1:]).argmax(axis=1)
    tokens = np.concatenate([draft, nxt[:, None]], axis=1).astype(np.int64)
    return tokens, np.full(B, G, dtype=np.int64)
