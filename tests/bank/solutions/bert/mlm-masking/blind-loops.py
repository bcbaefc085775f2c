# llmprep: bert/mlm-masking
import numpy as np


def mlm_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """BERT's 80/10/10 masking of a batch; gives new arrays (masked, labels)."""
    if not 0.0 <= p <= 1.0:
        raise ValueError("p must be a probability")
    ids = np.asarray(ids)
    rows, cols = ids.shape
    for row in ids.tolist():
        for token in row:
            if token < 0 or token >= vocab_size:
                raise ValueError("token id outside of the vocabulary")
    special = {int(s) for s in special_ids}
    choice_draw = rng.random((rows, cols))
    action_draw = rng.random((rows, cols))
    random_ids = rng.integers(0, vocab_size, size=(rows, cols))

    masked = ids.astype(np.int64)  # astype copies
    labels = np.full((rows, cols), ignore_index, dtype=np.int64)
    for i in range(rows):
        for j in range(cols):
            token = int(ids[i, j])
            if token in special or not choice_draw[i, j] < p:
                continue
            labels[i, j] = token
            if action_draw[i, j] < 0.8:
                masked[i, j] = mask_id
            elif action_draw[i, j] < 0.9:
                masked[i, j] = random_ids[i, j]
    return masked, labels
