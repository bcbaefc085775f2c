"""Starting a worker where the system has no room for one says so, and leaves nothing open."""

from __future__ import annotations

import os
import resource
from typing import TYPE_CHECKING

import pytest

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.launch import FreshWorker, Nursery, _pipes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no descriptors to run out of")


def _open() -> int:
    return sum(1 for _ in os.scandir("/dev/fd"))


@pytest.fixture
def few_descriptors() -> Iterator[int]:
    """A process with room for four more descriptors: one pipe and a half."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(entry.name) for entry in os.scandir("/dev/fd"))
    taken = [os.open(os.devnull, os.O_RDONLY)]
    while taken[-1] <= highest + 1:
        taken.append(os.open(os.devnull, os.O_RDONLY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1] + 4, hard))
    yield taken[-1] + 4
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for descriptor in taken:
        os.close(descriptor)


@pytest.mark.parametrize("start", [FreshWorker, lambda: _pipes(3)])
def test_too_many_open_files_are_the_machines_fault(few_descriptors: int, start: Callable[[], object]) -> None:
    """It is an `EnvironmentFault`, and the pipes that could be made are closed again."""
    before = _open()
    with pytest.raises(EnvironmentFault):
        start()
    assert _open() == before


def test_a_nursery_needs_descriptors_too(few_descriptors: int) -> None:
    """A socket pair with no room for it is the machine's fault."""
    taken = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
    try:
        with pytest.raises(EnvironmentFault):
            Nursery()
    finally:
        for descriptor in taken:
            os.close(descriptor)
