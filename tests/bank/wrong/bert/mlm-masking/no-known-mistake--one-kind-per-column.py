# mistake: none
# The kind of replacement is drawn once a column.
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if np.any((ids < 0) | (ids >= vocab_size)):
        raise ValueError("an id lies outside the vocabulary")
    chosen = (rng.random(ids.shape) < p) & ~np.isin(ids, special_ids)
    fate = np.broadcast_to(rng.random(ids.shape[-1:]), ids.shape)
    word = rng.integers(vocab_size, size=ids.shape)
    replaced = np.where(fate < 0.8, mask_id, np.where(fate < 0.9, word, ids))
    return np.where(chosen, replaced, ids), np.where(chosen, ids, ignore_index)