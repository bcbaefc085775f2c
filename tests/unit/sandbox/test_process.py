"""Workers start where there is room for them, and a warm one knows what its job needs and nothing else."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmprep.errors import EnvironmentFault
from llmprep.sandbox import fork_server as fork_server_module
from llmprep.sandbox import process
from llmprep.sandbox.codec import WireError, encode
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.job import run_job
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import FreshWorker, open_pipes
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


@pytest.mark.parametrize("start", [FreshWorker, lambda: open_pipes(3)])
def test_too_many_open_files_are_the_machines_fault(few_descriptors: int, start: Callable[[], object]) -> None:
    """It is an `EnvironmentFault`, and the pipes that could be made are closed again."""
    before = _open()
    with pytest.raises(EnvironmentFault):
        start()
    assert _open() == before


def test_a_fork_server_needs_descriptors_too(few_descriptors: int) -> None:
    """A socket pair with no room for it is the machine's fault."""
    taken = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
    try:
        with pytest.raises(EnvironmentFault):
            ForkServer()
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
        "inputs": given,
        "again": [],
    }


def _values(fork_server: ForkServer, job: dict[str, object], limits: Limits = LIMITS) -> list[object]:
    return [frame[2] for frame in run_job(fork_server.start_worker(), job, limits).frames if frame[0] == "case"]


@pytest.fixture
def fork_server() -> Iterator[ForkServer]:
    """A warm process."""
    with contextlib.closing(ForkServer()) as warm:
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


def test_what_jobs_have_in_common_is_sent_once(fork_server: ForkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each submission gets the inputs of its own job, and they cross again only when they are others."""
    control = Counting(fork_server._control)
    monkeypatch.setattr(fork_server, "_control", control)
    for inputs in ((1, 2), (1, 2), (3,), (1, 2), (1, 2)):
        assert _values(fork_server, _job(SAME, *inputs)) == [*inputs]
    assert control.lessons == 3


def test_a_worker_knows_nothing_of_another_exercise(fork_server: ForkServer) -> None:
    """What a job leaves out is not filled in from what was preloaded before it."""
    looks = "import sys\n\ndef f(x):\n    frame = sys._getframe(1)\n    told = ''\n    while frame:\n"
    looks += "        told += repr(frame.f_locals)\n        frame = frame.f_back\n    return str(271000 + 828) in told"
    assert _values(fork_server, _job(looks, 271828)) == [True]
    assert _values(fork_server, _job(looks, 1)) == [False]


def test_a_limit_is_the_jobs_own(fork_server: ForkServer) -> None:
    """The same inputs under other limits are another job."""
    large = "def f(x):\n    return len(bytearray(200_000_000))"
    assert _values(fork_server, _job(large, 1), replace(LIMITS, memory_bytes=1 << 29)) == [200_000_000]
    ((names, _),) = _values(fork_server, _job(large, 1), replace(LIMITS, memory_bytes=1 << 26))  # type: ignore[misc]
    assert names[0] == "MemoryError"


def test_inputs_that_one_worker_spoils_are_whole_for_the_next(fork_server: ForkServer) -> None:
    """A submission that reaches for the inputs it was born with changes its own."""
    spoils = "import sys\nframe = sys._getframe()\nwhile frame:\n    for value in list(frame.f_locals.values()):\n"
    spoils += "        if type(value) is dict and 'plans' in value:\n            value['plans'][:] = []\n"
    spoils += "    frame = frame.f_back\n\n" + SAME
    assert _values(fork_server, _job(spoils, 1, 2)) == []
    assert _values(fork_server, _job(SAME, 1, 2)) == [1, 2]


def test_lessons_are_forgotten(fork_server: ForkServer) -> None:
    """What no job needs any more is held nowhere, however many exercises have taken turns."""
    looks = "import gc\n\ndef f(x):\n    gc.unfreeze()\n"
    looks += "    left = [each.data for each in gc.get_objects() if type(each).__name__ == 'Decoder']\n"
    looks += "    return any(str(271000 + 828).encode() in data for data in left)"
    assert _values(fork_server, _job(looks, "271828")) == [False]
    assert _values(fork_server, _job(looks, 1)) == [False]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_a_warm_process_does_not_grow_with_its_lessons(fork_server: ForkServer) -> None:
    """Twenty lessons of half a megabyte take the room of one."""
    lessons = [_job(SAME, letter * 500_000) for letter in "ab"]
    pages = []
    for _ in range(10):
        for payload in lessons:
            fork_server.preload(payload)
        assert _values(fork_server, _job(SAME, 1)) == [1]
        pages.append(int(Path(f"/proc/{fork_server._process.pid}/statm").read_text().split()[1]))
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
        run_job(worker, _job(SAME) | {"inputs": [object()]}, LIMITS)
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
    assert _open() == before


def test_a_fork_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line of its standard error is in the error that is told."""
    monkeypatch.setattr(process, "_BOOT", "raise SystemExit('a library\\nno numpy for this processor')")
    with contextlib.closing(ForkServer()) as broken, pytest.raises(EnvironmentFault) as caught:
        _values(broken, _job(SAME, 1))
    assert caught.value.facts["reason"] == "no numpy for this processor"


@pytest.mark.parametrize(
    "boot", ["import time\ntime.sleep(600)", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"]
)
def test_a_fork_server_that_hangs_is_waited_for_so_long_and_no_longer(
    boot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it is ended, and told as lost; a stopped one too."""
    monkeypatch.setattr(process, "_BOOT", boot)
    monkeypatch.setattr(fork_server_module, "ANSWER_SECONDS", 0.3)
    with contextlib.closing(ForkServer()) as hanging:
        with pytest.raises(EnvironmentFault):
            _values(hanging, _job(SAME, 1))
        assert hanging._process.returncode == -signal.SIGKILL


def test_a_fork_server_that_is_stopped_does_not_keep_us_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not end by itself is ended."""
    monkeypatch.setattr(fork_server_module, "END_SECONDS", 0.3)
    stopped = ForkServer()
    assert _values(stopped, _job(SAME, 1)) == [1]
    stopped._process.send_signal(signal.SIGSTOP)
    stopped.close()
    assert stopped._process.returncode == -signal.SIGKILL


def test_a_lost_fork_server_leaves_no_descriptor_and_no_process() -> None:
    """Its child is gone with it, though it only sleeps, and the next job gets a new one."""
    before = _open()
    with contextlib.closing(ForkServer()) as lost:
        worker = lost.start_worker()
        worker.begin({})
        lost._process.kill()
        with pytest.raises(EnvironmentFault):
            worker.end()
        assert _values(lost, _job(SAME, 1)) == [1]
    assert _open() == before
    for _ in range(600):
        if not Path(f"/proc/{worker.pid}").exists():
            break
        time.sleep(0.1)
    with contextlib.suppress(ProcessLookupError):
        # Nobody may have laid it to rest yet, but it does not run.
        os.kill(worker.pid, 0)
        assert "Z" in Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_fork_that_is_refused_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork server lives on, for there may be room later, and nothing stays open."""
    refusing = "\ndef refuse():\n    raise OSError(11, 'no room')\nos.fork = refuse\nrun, inherited"
    monkeypatch.setattr(process, "_BOOT", process._BOOT.replace("\nrun, inherited", refusing))
    with contextlib.closing(ForkServer()) as crowded:
        server = crowded._process
        for _ in range(2):
            with pytest.raises(EnvironmentFault) as caught:
                _values(crowded, _job(SAME, 1))
            assert caught.value.facts["reason"] == os.strerror(errno.EAGAIN)
        assert crowded._process is server
        assert sum(1 for _ in Path(f"/proc/{server.pid}/fd").iterdir()) <= 8


def test_an_interrupted_answer_is_not_taken_for_the_next(
    fork_server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses Ctrl-C amid an answer and goes on, as --watch does, gets a new fork server."""
    assert _values(fork_server, _job(SAME, 1)) == [1]
    old = fork_server._process

    class Interrupted:
        def __getattr__(self, name: str) -> object:
            return getattr(control, name)

        def recv(self, _: int) -> bytes:
            raise KeyboardInterrupt

    control = fork_server._control
    monkeypatch.setattr(fork_server, "_control", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        _values(fork_server, _job(SAME, 2))
    assert _values(fork_server, _job(SAME, 3)) == [3]
    assert fork_server._process is not old


def test_a_closed_fork_server_starts_nothing_any_more() -> None:
    """Also for whoever still asks for a worker."""
    closed = ForkServer()
    closed.close()
    with pytest.raises(EnvironmentFault):
        closed.start_worker().begin({})
    with pytest.raises(EnvironmentFault):
        closed.start_worker().begin({})


def test_the_end_of_a_group_that_has_ended_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS a group of processes that have all ended may not be killed."""
    pid = os.fork()
    if pid == 0:
        os._exit(3)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "killpg", refuse)
    assert os.waitstatus_to_exitcode(main._end(pid)[1]) in (3, -signal.SIGKILL)
