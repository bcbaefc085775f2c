# llmprep: inference/speculative-accept
import numpy as np


def speculative_accept(draft, p, q, uniforms):
    """Accept draft tokens from the left, then draw the next token from what is left of the target."""
    if draft.ndim != 2:
        raise ValueError("draft must be (B, G)")
    size, steps = draft.shape
    if p.ndim != 3 or p.shape[:2] != (size, steps + 1):
        raise ValueError("p must be (B, G + 1, V)")
    vocabulary = p.shape[-1]
    if q.shape != (size, steps, vocabulary) or uniforms.shape != (size, steps + 1):
        raise ValueError("q or uniforms do not match")
    if not np.all((0 <= draft) & (draft < vocabulary)):
        raise ValueError("draft token out of range")

    grid = np.ix_(np.arange(size), np.arange(steps))
    under_q, under_p = q[(*grid, draft)], p[(*grid, draft)]
    if not under_q.all():
        raise ValueError("draft token that q cannot produce")

    refused = np.ones((size, steps + 1), dtype=bool)
    refused[:, :steps] = uniforms[:, :steps] * under_q >= under_p
    accepted = refused.argmax(axis=1)

    tokens = np.full((size, steps + 1), -1, dtype=np.int64)
    for row, n in enumerate(accepted):
        weights = p[row, n]
        if n < steps:
            residual = (p[row, n] - q[row, n]).clip(min=0)
            weights = residual if residual.any() else weights
        pick = np.searchsorted(np.cumsum(weights), uniforms[row, steps], side="right")
        tokens[row, :n] = draft[row, :n]
        tokens[row, n] = min(pick, vocabulary - 1)
    return tokens, accepted
