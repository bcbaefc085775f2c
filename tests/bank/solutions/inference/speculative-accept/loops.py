# llmprep: inference/speculative-accept
import numpy as np


def one_sequence(draft, p, q, u):
    out = []
    for i, token in enumerate(draft):
        if not u[i] * q[i][token] < p[i][token]:
            weights = [max(target - proposal, 0.0) for target, proposal in zip(p[i], q[i])]
            if sum(weights) == 0:
                weights = p[i]
            break
        out.append(token)
    else:
        weights = p[len(draft)]
    sums, total = [], 0.0
    for weight in weights:
        total += weight
        sums.append(total)
    for token, reached in enumerate(sums):
        if reached > u[-1] * total:
            return out + [token], len(out)
    raise AssertionError("unreachable")


def speculative_accept(draft, p, q, uniforms):
    if draft.ndim != 2 or p.ndim != 3 or q.ndim != 3 or uniforms.ndim != 2:
        raise ValueError("axes")
    batch, drafted = draft.shape
    vocabulary = p.shape[2]
    if q.shape != (batch, drafted, vocabulary) or p.shape[:2] != (batch, drafted + 1):
        raise ValueError("p or q")
    if uniforms.shape != (batch, drafted + 1):
        raise ValueError("uniforms")
    for b in range(batch):
        for i in range(drafted):
            token = draft[b, i]
            if token < 0 or token >= vocabulary or q[b, i, token] == 0:
                raise ValueError("token")
    tokens = np.zeros((batch, drafted + 1), dtype=np.int64) - 1
    accepted = np.zeros(batch, dtype=np.int64)
    for b in range(batch):
        row, accepted[b] = one_sequence(draft[b].tolist(), p[b].tolist(), q[b].tolist(), uniforms[b].tolist())
        tokens[b, : len(row)] = row
    return tokens, accepted
