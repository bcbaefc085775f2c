# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """Hide a random share p of the ordinary tokens and return what the model sees and must predict."""
    if not (p >= 0 and p <= 1):
        raise ValueError("p is not a probability")
    if ids.size and (ids.min() < 0 or ids.max() >= vocab_size):
        raise ValueError("ids do not fit the vocabulary")
    protected = np.isin(ids, np.array(special_ids, dtype=int))
    hit = rng.uniform(size=ids.shape) < np.where(protected, 0.0, p)
    masked = np.where(hit, mask_id, ids).astype(np.int64)
    labels = np.where(hit, ids, ignore_index).astype(np.int64)
    return masked, labels
