"""Laws: the mask keeps the most of the six there are, as torch's 2:4 sparsifier does; values and indices are those of
torch's semi-structured format.
"""

from itertools import combinations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pruning = pytest.importorskip("torch.ao.pruning")
conversions = pytest.importorskip("torch.sparse._semi_structured_conversions")

EXERCISE = "compression/two-four-sparsity"
PAIRS = list(combinations(range(4), 2))


@pytest.mark.parametrize("dtype", [np.int8, np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(4,), (64, 16), (2, 3, 12)])
@pytest.mark.parametrize("spread", [1, 3, 128])
def test_the_best_of_six_masks(reference, dtype, shape, spread):
    """Small integers tie often: of equally good pairs the first in lexicographic order is the one at lower positions.
    Among the large ones is -128, whose magnitude int8 does not have.
    """
    rng = np.random.default_rng(spread)
    weights = rng.integers(-spread, min(spread + 1, 128), size=shape).astype(dtype)
    mask, values, indices = reference().compress(weights)
    groups = weights.reshape(-1, 4)
    sums = [[abs(group[i]) + abs(group[j]) for i, j in PAIRS] for group in groups.tolist()]
    pairs = [PAIRS[own.index(max(own))] for own in sums]
    np.testing.assert_array_equal(indices.reshape(-1, 2), pairs)
    np.testing.assert_array_equal(values.reshape(-1, 2), np.take_along_axis(groups, np.array(pairs), 1))
    assert [tuple(np.flatnonzero(own)) for own in mask.reshape(-1, 4)] == pairs


@pytest.mark.parametrize("seed", range(5))
def test_the_sparsifier_agrees(reference, seed):
    """Normal weights, so without ties."""
    weights = np.random.default_rng(seed).normal(size=(6, 32)).astype(np.float32)
    model = torch.nn.Sequential(torch.nn.Linear(32, 6, bias=False))
    model[0].weight.data = torch.tensor(weights)
    sparsifier = pruning.WeightNormSparsifier(sparsity_level=1.0, sparse_block_shape=(1, 4), zeros_per_block=2)
    sparsifier.prepare(model, [{"tensor_fqn": "0.weight"}])
    sparsifier.step()
    mask, values, indices = reference().compress(weights)
    np.testing.assert_array_equal(mask, model[0].parametrizations.weight[0].mask.numpy() == 1)
    np.testing.assert_array_equal(reference().expand(values, indices), model[0].weight.detach().numpy())


@pytest.mark.parametrize(("dtype", "meta_bits"), [(torch.float16, 16), (torch.int8, 32)])
@pytest.mark.parametrize("seed", range(5))
def test_the_semi_structured_format_agrees(reference, dtype, meta_bits, seed):
    """No group has fewer than two non-zeros: there the format is free in its choice. Its metadata, put back from the
    kernel's order into rows, holds two bits an index, the first one lowest.
    """
    weights = torch.tensor(np.random.default_rng(seed).choice([-1, 1], size=(64, 64)))
    weights = (weights * torch.tensor(np.random.default_rng(seed).integers(1, 100, size=(64, 64)))).to(dtype).numpy()
    mask, values, indices = reference().compress(weights)
    dense = torch.tensor(weights * mask)
    compressed, meta = conversions.sparse_semi_structured_from_dense_cutlass(dense)
    np.testing.assert_array_equal(values, compressed.numpy())

    offsets = conversions._calculate_meta_reordering_scatter_offsets(*meta.shape, meta.dtype, meta.device)
    words = meta.view(-1)[offsets].view(meta.shape).to(torch.int64)
    codes = (words[..., None] >> torch.arange(0, meta_bits, 2)) & 3
    np.testing.assert_array_equal(indices, codes.reshape(64, 32).numpy())

    back = conversions.sparse_semi_structured_to_dense_cutlass(torch.tensor(values), meta)
    np.testing.assert_array_equal(reference().expand(values, indices), back.numpy())
