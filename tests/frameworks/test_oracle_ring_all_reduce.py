"""Law: the reference reduces as torch's all-reduce over gloo does; its traffic is 2 (n - 1) / n tensors a rank."""

from datetime import timedelta

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISE = "distributed-training/ring-all-reduce"
SIZES = [1, 2, 7, 60, 241]


def tensors(n):
    rng = np.random.default_rng(n)
    return [[rng.normal(size=size) for size in SIZES] for _ in range(n)]


def rank_main(rank, n, folder):
    store = torch.distributed.FileStore(f"{folder}/store", n)
    torch.distributed.init_process_group("gloo", store=store, rank=rank, world_size=n, timeout=timedelta(seconds=60))
    mine = [torch.tensor(t) for t in tensors(n)[rank]]
    for t in mine:
        torch.distributed.all_reduce(t)
    np.savez(f"{folder}/{rank}.npz", *[t.numpy() for t in mine])
    torch.distributed.destroy_process_group()


@pytest.mark.parametrize("n", [3])
def test_gloo_agrees(reference, n, tmp_path):
    """Each rank is a process of its own."""
    torch.multiprocessing.spawn(rank_main, (n, str(tmp_path)), nprocs=n)
    for rank in range(n):
        with np.load(tmp_path / f"{rank}.npz") as file:
            for k, want in enumerate(file.values()):
                _, reduced, _ = reference([own[k] for own in tensors(n)])
                np.testing.assert_allclose(reduced[rank], want, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_traffic(reference, n):
    """Where n divides the length, every rank sends the same; in all cases the ranks' bytes sum to 2 (n - 1) tensors."""
    for length in (n, 3 * n, 3 * n + 1, 50):
        own = [np.full(length, float(rank)) for rank in range(n)]
        _, reduced, sent = reference(own)
        assert sum(sent) == 2 * (n - 1) * own[0].nbytes
        assert length % n or len(set(sent)) == 1
        assert all((r == sum(range(n))).all() for r in reduced)
