"""Law: what transformers' own masking collator returns passes the exercise's judgement of distributions, as the
reference does.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

EXERCISE = "bert/mlm-masking"


class Tokenizer:
    """As much of a tokenizer as the collator asks for."""

    mask_token = "[MASK]"

    def __init__(self, mask_id, vocab_size):
        self.mask_token_id, self.vocab_size = mask_id, vocab_size

    def __len__(self):
        return self.vocab_size

    def convert_tokens_to_ids(self, token):
        return self.mask_token_id


def collator_mask(ids, special_ids, mask_id, vocab_size, rng, p=0.15, ignore_index=-100):
    """The exercise's function by transformers' collator, seeded from the generator."""
    torch.manual_seed(int(rng.integers(2**32)))
    collator = transformers.DataCollatorForLanguageModeling(Tokenizer(mask_id, vocab_size), mlm=True, mlm_probability=p)
    masked, labels = collator.torch_mask_tokens(
        torch.tensor(ids.copy()), special_tokens_mask=torch.tensor(np.isin(ids, special_ids))
    )
    labels = labels.numpy()
    return masked.numpy(), np.where(labels == -100, ignore_index, labels)


@pytest.mark.parametrize("seed", range(5))
def test_the_collators_masking_is_accepted(judged, seed):
    assert judged(collator_mask, seed) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_reference_is_accepted_whatever_the_seed(reference, judged, seed):
    assert judged(reference, seed) == []
