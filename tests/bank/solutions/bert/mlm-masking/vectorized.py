# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    if np.isnan(p) or p < 0 or p > 1:
        raise ValueError("p must lie between 0 and 1")
    if ids.size and (ids.min() < 0 or ids.max() >= vocab_size):
        raise ValueError("unknown id")
    ordinary = np.ones(ids.shape, dtype=bool)
    for special in special_ids:
        ordinary &= ids != special
    where = np.nonzero(ordinary & (rng.random(ids.shape) < p))
    originals = ids[where]
    fate = rng.choice(3, size=len(originals), p=[0.8, 0.1, 0.1])
    drawn = rng.integers(vocab_size, size=len(originals))
    masked = np.array(ids, dtype=np.int64)
    masked[where] = np.choose(fate, [np.full_like(originals, mask_id), drawn, originals])
    labels = np.full_like(masked, ignore_index)
    labels[where] = originals
    return masked, labels
