# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Keep a prefix of each draft and sample one token after it.

    draft (B, G), target p (B, G + 1, V), draft model q (B, G, V), uniforms (B, G + 1).
    Return tokens (B, G + 1), filled up with -1, and accepted (B,).
    """
    draft, p, q, uniforms = map(np.asarray, (draft, p, q, uniforms))
    if draft.ndim != 2 or p.ndim != 3:
        raise ValueError("draft must have two axes and p three")
    batch, length = draft.shape
    vocab = p.shape[2]
    if (
        p.shape != (batch, length + 1, vocab)
        or q.shape != (batch, length, vocab)
        or uniforms.shape != (batch, length + 1)
    ):
        raise ValueError("shapes do not agree")
    if np.any((draft < 0) | (draft >= vocab)):
        raise ValueError("draft token out of range")
    picks = draft.astype(np.int64)
    q_draft = np.take_along_axis(q, picks[..., None], axis=2)[..., 0]
    p_draft = np.take_along_axis(p[:, :length], picks[..., None], axis=2)[..., 0]
    if np.any(q_draft == 0):
        raise ValueError("a draft token has probability zero under q")

    stands = uniforms[:, :length] * q_draft < p_draft
    accepted = np.logical_and.accumulate(stands, axis=1).sum(axis=1)

    # A zero row of q behind the last one turns the bonus case into the residual case.
    rows = np.arange(batch)
    target = p[rows, accepted]
    padded_q = np.concatenate([q, np.zeros((batch, 1, vocab))], axis=1)
    weights = np.maximum(target - padded_q[rows, accepted], 0.0)
    weights = np.where(weights.any(axis=1, keepdims=True), weights, target)

    cumulative = np.cumsum(weights, axis=1)
    sampled = np.argmax(cumulative > uniforms[:, length, None] * cumulative[:, -1:], axis=1)

    columns = np.arange(length + 1)
    padded_draft = np.concatenate([picks, np.full((batch, 1), -1)], axis=1)
    tokens = np.where(columns < accepted[:, None], padded_draft, -1)
    tokens[rows, accepted] = sampled
    return tokens, accepted
