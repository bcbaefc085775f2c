# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """Draw a fresh BERT mask for a batch.

    Every ordinary position is chosen with probability p; a chosen one becomes mask_id (80 %), a uniform
    id (10 %) or stays (10 %). labels hold the original ids at chosen positions, ignore_index elsewhere.
    """
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    ids = np.asarray(ids)
    if np.any(ids < 0) or np.any(ids >= vocab_size):
        raise ValueError("id outside the vocabulary")
    ids = ids.astype(np.int64)

    ordinary = ~np.isin(ids, np.asarray(list(special_ids), dtype=np.int64))
    chosen = ordinary & (rng.random(ids.shape) < p)
    action = rng.random(ids.shape)
    random_ids = rng.integers(0, vocab_size, size=ids.shape)

    masked = np.select(
        [chosen & (action < 0.8), chosen & (action < 0.9)], [np.full_like(ids, mask_id), random_ids], ids
    )
    labels = np.where(chosen, ids, ignore_index)
    return masked, labels
