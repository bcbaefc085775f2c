"""How many submissions are graded at a time, unless somebody says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmprep.cli.check_many import best_jobs

FILES, CORES, DESCRIPTORS = st.integers(1, 100_000), st.integers(1, 512), st.integers(8, 1 << 20)


@given(FILES, CORES, DESCRIPTORS, st.booleans())
def test_a_job_has_a_core_and_its_descriptors(files: int, cores: int, descriptors: int, told: bool) -> None:
    """One or two a core, where each finds the five descriptors that it needs; one job there always is."""
    jobs = best_jobs(files, cores, descriptors, waits_told=told)
    assert 1 <= jobs <= 2 * cores
    assert jobs == 1 or 5 * jobs + 64 <= descriptors
    if descriptors >= 16 * cores + 64:
        assert jobs in (cores, 2 * cores)


def test_a_second_for_each_core_must_pay_and_cost_nobody() -> None:
    """It does in a large folder, where the system tells waiting from working."""
    assert best_jobs(40, 2, 1024, waits_told=True) == 2
    assert best_jobs(2000, 2, 1024, waits_told=True) == 4
    assert best_jobs(2000, 64, 1024, waits_told=True) == 64
    assert best_jobs(2000, 2, 1024, waits_told=False) == 2
