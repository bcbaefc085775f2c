# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    B, G = draft.shape
    V = p.shape[-1]
    if p.shape != (B, G + 1, V) or q.shape != (B, G, V) or uniforms.shape != (B, G + 1):
        raise ValueError("shapes")
    if draft.size and (draft.min() < 0 or draft.max() >= V):
        raise ValueError("tokens")
    picked = draft[..., None]
    q_of = np.take_along_axis(q, picked, axis=-1)[..., 0]
    p_of = np.take_along_axis(p[:, :G], picked, axis=-1)[..., 0]
    if not np.all(q_of > 0):
        raise ValueError("impossible draft")
    stands = np.logical_and.accumulate(uniforms[:, :G] * q_of < p_of, axis=1)
    n = stands.sum(axis=1)

    # behind the draft the draft model has no mass: the residual there is the bonus distribution
    padded = np.concatenate([q, np.zeros((B, 1, V))], axis=1)
    at = np.arange(B)
    target = p[at, n]
    residual = np.clip(target - padded[at, n], 0, None)
    residual = np.where(residual.any(axis=1, keepdims=True), residual, target)
    c = residual.cumsum(axis=1)
    sampled = (c <= uniforms[:, -1:] * c[:, -1:]).sum(axis=1)

    column = np.arange(G + 1)
    tokens = np.where(column < n[:, None], np.pad(draft, ((0, 0), (0, 1))), -1)
    return np.where(column == n[:, None], sampled[:, None], tokens), n
