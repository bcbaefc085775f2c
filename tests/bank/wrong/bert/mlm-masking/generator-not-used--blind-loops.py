# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """Mask tokens for MLM training."""
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    ids = np.asarray(ids)
    if ids.size > 0 and (ids.min() < 0 or ids.max() >= vocab_size):
        raise ValueError("unknown id")
    rng = np.random.default_rng(42)
    special = set(special_ids)
    masked = np.array(ids, dtype=np.int64)
    labels = np.full(ids.shape, ignore_index, dtype=np.int64)
    for pos in np.ndindex(ids.shape):
        token = int(ids[pos])
        if token in special or rng.uniform() >= p:
            continue
        labels[pos] = token
        dice = rng.integers(10)
        if dice < 8:
            masked[pos] = mask_id
        elif dice == 8:
            masked[pos] = rng.integers(vocab_size)
    return masked, labels
