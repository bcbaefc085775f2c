"""Workers start where there is room for them, and a warm one knows what its job needs and nothing else."""

from __future__ import annotations

import contextlib
import os
import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.codec import WireError, encode
from llmprep.sandbox.job import Limits, converse
from llmprep.sandbox.process import FreshWorker, Nursery, _pipes
from llmprep.sandbox.worker import main
from llmprep.values import Arguments

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

LIMITS = Limits(cpu_seconds=5, wall_seconds=60)
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


def _job(source: str, *inputs: object) -> dict[str, object]:
    given = [encode(Arguments((each,), {})) for each in inputs]
    return {
        "kind": "submission",
        "source": source,
        "helpers": "",
        "entry": "f",
        "forbid": [],
        "inputs": given,
        "again": [],
    }


def _values(nursery: Nursery, job: dict[str, object], limits: Limits = LIMITS) -> list[object]:
    return [frame[2] for frame in converse(nursery.worker(), job, limits).frames]


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    """A warm process."""
    with contextlib.closing(Nursery()) as warm:
        yield warm


SAME = "def f(x):\n    return x"


class Counting:
    """A socket that counts the lessons that go through it."""

    def __init__(self, control: socket.socket) -> None:
        self._control, self.lessons = control, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._control, name)

    def sendall(self, data: bytes) -> None:
        """Send it all."""
        self.lessons += 1
        self._control.sendall(data)


def test_what_jobs_have_in_common_is_sent_once(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each submission gets the inputs of its own job, and they cross again only when they are others."""
    control = Counting(nursery._control)
    monkeypatch.setattr(nursery, "_control", control)
    for inputs in ((1, 2), (1, 2), (3,), (1, 2), (1, 2)):
        assert _values(nursery, _job(SAME, *inputs)) == [*inputs]
    assert control.lessons == 3


def test_a_worker_knows_nothing_of_another_exercise(nursery: Nursery) -> None:
    """What a job leaves out is not filled in from what was taught before it."""
    looks = "import sys\n\ndef f(x):\n    frame = sys._getframe(1)\n    told = ''\n    while frame:\n"
    looks += "        told += repr(frame.f_locals)\n        frame = frame.f_back\n    return str(271000 + 828) in told"
    assert _values(nursery, _job(looks, 271828)) == [True]
    assert _values(nursery, _job(looks, 1)) == [False]


def test_a_limit_is_the_jobs_own(nursery: Nursery) -> None:
    """The same inputs under other limits are another job."""
    large = "def f(x):\n    return len(bytearray(200_000_000))"
    assert _values(nursery, _job(large, 1), replace(LIMITS, memory_bytes=1 << 29)) == [200_000_000]
    ((names, _),) = _values(nursery, _job(large, 1), replace(LIMITS, memory_bytes=1 << 26))  # type: ignore[misc]
    assert names[0] == "MemoryError"


def test_inputs_that_one_worker_spoils_are_whole_for_the_next(nursery: Nursery) -> None:
    """A submission that reaches for the inputs it was born with changes its own."""
    spoils = "import sys\nframe = sys._getframe()\nwhile frame:\n    for value in list(frame.f_locals.values()):\n"
    spoils += "        if type(value) is dict and 'plans' in value:\n            value['plans'][:] = []\n"
    spoils += "    frame = frame.f_back\n\n" + SAME
    assert _values(nursery, _job(spoils, 1, 2)) == []
    assert _values(nursery, _job(SAME, 1, 2)) == [1, 2]


def test_lessons_are_forgotten(nursery: Nursery) -> None:
    """What no job needs any more is held nowhere, however many exercises have taken turns."""
    looks = "import gc\n\ndef f(x):\n    gc.unfreeze()\n"
    looks += "    left = [each.data for each in gc.get_objects() if type(each).__name__ == 'Decoder']\n"
    looks += "    return any(str(271000 + 828).encode() in data for data in left)"
    assert _values(nursery, _job(looks, "271828")) == [False]
    assert _values(nursery, _job(looks, 1)) == [False]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_a_warm_process_does_not_grow_with_its_lessons(nursery: Nursery) -> None:
    """Twenty lessons of half a megabyte take the room of one."""
    lessons = [_job(SAME, letter * 500_000) for letter in "ab"]
    pages = []
    for _ in range(10):
        for lesson in lessons:
            nursery.teach(lesson)
        assert _values(nursery, _job(SAME, 1)) == [1]
        pages.append(int(Path(f"/proc/{nursery._process.pid}/statm").read_text().split()[1]))
    assert pages[-1] - pages[2] < 500


def test_a_job_is_read_in_whatever_pieces_it_comes() -> None:
    """A pipe gives what it holds; what ends too early is told by its length."""
    data = bytes(range(256)) * 4096
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as out, os.fdopen(ends[1], "wb") as into, ThreadPoolExecutor(1) as pool:
        written = pool.submit(lambda: (into.write(data), into.close()))
        assert main._read(out.fileno(), len(data) - 100) == data[:-100]
        assert main._read(out.fileno(), 200) == data[-100:]
        written.result()


def test_a_job_that_cannot_be_told_leaves_no_process() -> None:
    """A value that is not plain is refused before anything foreign runs, and the worker ends."""
    before = _open()
    worker = FreshWorker()
    with pytest.raises(WireError):
        converse(worker, _job(SAME) | {"inputs": [object()]}, LIMITS)
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
    assert _open() == before
