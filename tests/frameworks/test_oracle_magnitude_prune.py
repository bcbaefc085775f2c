"""Law: masks and weights are those of torch's global L1 pruning, whose reparametrization trains on from there."""

import heapq

import numpy as np
import pytest

torch = pytest.importorskip("torch")
prune = pytest.importorskip("torch.nn.utils.prune")

EXERCISE = "compression/magnitude-prune"
SHAPES = {"first": (4, 3), "bias": (5,), "kernel": (2, 2, 3, 2), "last": (1,)}


@pytest.mark.parametrize("sparsity", [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0])
@pytest.mark.parametrize("seed", range(8))
def test_torch_agrees(reference, sparsity, seed):
    """No two magnitudes are equal: among equal ones torch's choice is undefined. 42 weights make halves of both
    parities (10.5 and 31.5), which both round to even.
    """
    rng = np.random.default_rng(seed)
    weights = {name: rng.normal(size=shape) * 10 ** rng.uniform(-1, 1) for name, shape in SHAPES.items()}
    updates = [{name: rng.normal(size=shape) for name, shape in SHAPES.items()} for _ in range(seed % 4)]
    masks, pruned = reference(weights, sparsity, updates)

    layers = {name: torch.nn.Module() for name in weights}
    for name, layer in layers.items():
        layer.weight = torch.nn.Parameter(torch.tensor(weights[name]))
    prune.global_unstructured(
        [(layer, "weight") for layer in layers.values()], pruning_method=prune.L1Unstructured, amount=sparsity
    )
    for name, layer in layers.items():
        with torch.no_grad():
            for update in updates:
                layer.weight_orig += torch.tensor(update[name])
        np.testing.assert_array_equal(masks[name], layer.weight_mask.numpy() == 1)
        want = (layer.weight_orig * layer.weight_mask).detach().numpy()
        np.testing.assert_allclose(pruned[name], want, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("sparsity", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("seed", range(5))
def test_of_equal_magnitudes_the_first_go(reference, sparsity, seed):
    """The standard library's heap, which keeps the order of equal keys, over (tensor, place) pairs."""
    rng = np.random.default_rng(seed)
    weights = {name: rng.integers(-3, 4, size=shape).astype(np.float32) for name, shape in SHAPES.items()}
    masks, _ = reference(weights, sparsity)
    places = [(name, at) for name, shape in SHAPES.items() for at in np.ndindex(shape)]
    gone = heapq.nsmallest(round(sparsity * len(places)), places, key=lambda place: abs(weights[place[0]][place[1]]))
    assert {(name, at) for name, at in places if not masks[name][at]} == set(gone)
