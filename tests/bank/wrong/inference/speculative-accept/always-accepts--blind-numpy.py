# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Append one sampled token to every draft."""
    if draft.ndim != 2 or q.ndim != 3:
        raise ValueError("wrong number of axes")
    b, g = draft.shape
    v = q.shape[-1]
    if q.shape[:2] != (b, g) or p.shape != (b, g + 1, v) or uniforms.shape != (b, g + 1):
        raise ValueError("shapes disagree")
    if draft.size and (draft.min() < 0 or draft.max() >= v):
        raise ValueError("token outside the vocabulary")
    if (q[np.arange(b)[:, None], np.arange(g), draft.astype(int)] == 0).any():
        raise ValueError("impossible draft token")

    cdf = p[:, -1].cumsum(axis=-1)
    bonus = (cdf > uniforms[:, -1:] * cdf[:, -1:]).argmax(axis=-1)
    tokens = np.column_stack([draft.astype(np.int64), bonus])
    return tokens, np.full(b, g)
