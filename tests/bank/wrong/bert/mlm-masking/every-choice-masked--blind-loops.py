# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """Mask tokens for MLM training."""
    if not (p >= 0 and p <= 1):
        raise ValueError("p")
    ids = np.array(ids, dtype=np.int64)
    if np.any(ids < 0) or np.any(ids >= vocab_size):
        raise ValueError("ids")
    maskable = ~np.isin(ids, np.array(list(special_ids), dtype=np.int64))
    picked = maskable & (rng.random(ids.shape) < p)
    return np.where(picked, mask_id, ids), np.where(picked, ids, ignore_index)
