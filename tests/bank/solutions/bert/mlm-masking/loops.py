# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    if not (p >= 0 and p <= 1):
        raise ValueError(f"p = {p}")
    special = set(special_ids)
    masked, labels = ids.copy(), np.full(ids.shape, ignore_index, dtype=np.int64)
    rows, columns = ids.shape
    for b in range(rows):
        for t in range(columns):
            token = int(ids[b, t])
            if token < 0 or token >= vocab_size:
                raise ValueError(f"id {token}")
            if token in special or rng.random() >= p:
                continue
            labels[b, t] = token
            roll = rng.integers(10)
            if roll < 8:
                masked[b, t] = mask_id
            elif roll == 8:
                masked[b, t] = rng.integers(0, vocab_size)
    return masked, labels
