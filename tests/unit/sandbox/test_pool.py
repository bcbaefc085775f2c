"""How many submissions are graded at a time, unless somebody says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmprep.sandbox.pool import best_jobs

FILES, CORES, DESCRIPTORS = st.integers(1, 100_000), st.integers(1, 512), st.integers(8, 1 << 20)
MEMORY = st.none() | st.integers(0, 1 << 44)
GIB = 1 << 30


@given(FILES, CORES, DESCRIPTORS, MEMORY, st.booleans())
def test_a_job_has_a_core_its_descriptors_and_its_memory(
    files: int, cores: int, descriptors: int, memory: int | None, told: bool
) -> None:
    """One or two a core, where each finds the five descriptors and the memory that it needs; one there always is."""
    jobs = best_jobs(files, cores, descriptors, memory, waits_told=told)
    assert 1 <= jobs <= 2 * cores
    assert jobs == 1 or 5 * jobs + 64 <= descriptors
    assert jobs == 1 or memory is None or jobs * GIB < memory
    if descriptors >= 16 * cores + 64 and (memory is None or memory >= 4 * cores * GIB):
        assert jobs in (cores, 2 * cores)


def test_a_second_for_each_core_must_pay_and_cost_nobody() -> None:
    """It does in a large folder, where the system tells waiting from working."""
    assert best_jobs(40, 2, 1024, None, waits_told=True) == 2
    assert best_jobs(2000, 2, 1024, None, waits_told=True) == 4
    assert best_jobs(2000, 64, 1024, None, waits_told=True) == 64
    assert best_jobs(2000, 2, 1024, None, waits_told=False) == 2


def test_memory_that_is_short_lets_fewer_run() -> None:
    """A machine with many cores and little memory grades few at a time, so that none is killed for another."""
    assert best_jobs(40, 16, 1024, 8 * GIB, waits_told=True) == 5
    assert best_jobs(40, 16, 1024, GIB // 2, waits_told=True) == 1
