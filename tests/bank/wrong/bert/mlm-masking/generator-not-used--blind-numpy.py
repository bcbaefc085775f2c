# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """BERT's 80/10/10 masking over a batch of token ids."""
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p out of [0, 1]")
    if ((ids < 0) | (ids >= vocab_size)).any():
        raise ValueError("id out of the vocabulary")
    rng = np.random.default_rng(42)

    allowed = np.ones(ids.shape, dtype=bool)
    for special in special_ids:
        allowed &= ids != special
    chosen = allowed & (rng.random(ids.shape) < p)

    labels = np.full(ids.shape, ignore_index, dtype=np.int64)
    labels[chosen] = ids[chosen]

    kind = rng.choice(3, size=ids.shape, p=[0.8, 0.1, 0.1])
    masked = ids.astype(np.int64)
    masked[chosen & (kind == 0)] = mask_id
    swap = chosen & (kind == 1)
    masked[swap] = rng.integers(vocab_size, size=np.count_nonzero(swap))
    return masked, labels
