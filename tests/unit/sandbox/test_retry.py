"""What others may have spoilt is tried once more, alone; what was the submission's own doing is not."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from llmprep.checking.submission_frames import parse_frames
from llmprep.checking.verdicts import fatal_stop
from llmprep.errors import EnvironmentFault
from llmprep.sandbox import retry
from llmprep.sandbox.codec import encode
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.layers import ANY_LAYERS, Required
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import FreshWorker, start
from llmprep.sandbox.retry import Allowance, Gate, PutOffError, Turn, run_with_retry
from llmprep.values import Arguments, Raised
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.sandbox.process import Worker

pytestmark = pytest.mark.skipif(os.name != "posix", reason="workers are POSIX processes")
LIMITS = Limits(wall_seconds=60.0)
KILLED = JobResult(stop="died", signal=signal.SIGKILL)
DONE = JobResult(stop="finished")


def _job(source: str) -> dict[str, Any]:
    inputs = [encode(Arguments((), {}))]
    return {"kind": "submission", "source": source, "helpers": "", "entry": "f", "inputs": inputs, "again": []}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Has runs come to what a test says, one after the other; a list of them fills as they are made."""

    def say(*outcomes: JobResult | EnvironmentFault) -> list[int]:
        runs: list[int] = []

        def run_job(*_: object) -> JobResult:
            runs.append(1)
            outcome = outcomes[len(runs) - 1]
            if isinstance(outcome, EnvironmentFault):
                raise outcome
            return outcome

        monkeypatch.setattr(retry, "run_job", run_job)
        return runs

    return say


def _run(allowance: Allowance | None = None) -> JobResult:
    return run_with_retry(lambda: None, {}, LIMITS, ANY_LAYERS, allowance)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    "first",
    [
        KILLED,
        JobResult(stop="wall", was_disturbed=True),
        EnvironmentFault("check.no_worker", reason="gone"),
        EnvironmentFault("check.worker_not_ready", reason="signal 9"),
    ],
)
def test_what_others_may_have_spoilt_is_tried_once_more(first: Any, said: Callable[..., list[int]]) -> None:
    """The second time counts, whatever it comes to."""
    for second in (DONE, KILLED, JobResult(stop="wall", was_disturbed=True)):
        runs = said(first, second)
        assert _run() is second
        assert len(runs) == 2
    said(first, EnvironmentFault("check.no_worker", reason="still"))
    with pytest.raises(EnvironmentFault):
        _run()


@pytest.mark.parametrize("first", [KILLED, JobResult(stop="wall"), EnvironmentFault("check.no_worker", reason="gone")])
def test_of_many_what_others_may_have_spoilt_waits_for_the_last_turn(
    first: Any, said: Callable[..., list[int]]
) -> None:
    """It is put off after its one run of the first turn; in the last turn one run, alone, is all there is."""
    runs = said(first)
    with pytest.raises(PutOffError):
        _run(Allowance(1000.0, Turn.FIRST))
    assert len(runs) == 1
    for second in (DONE, KILLED, JobResult(stop="wall", was_disturbed=True)):
        runs = said(second)
        assert _run(Allowance(1000.0, Turn.LAST)) is second
        assert len(runs) == 1


@pytest.mark.parametrize(
    "first",
    [
        DONE,
        JobResult(stop="wall", was_disturbed=False, cpu_seconds=0.5),
        JobResult(stop="wall", was_disturbed=False, cpu_seconds=2.0),
        JobResult(stop="died", signal=signal.SIGSEGV),
        JobResult(stop="died", signal=0),
        JobResult(stop="cpu", signal=signal.SIGKILL),
        JobResult(stop="printed", signal=signal.SIGKILL),
        JobResult(stop="answer", signal=signal.SIGKILL),
        JobResult(stop="malformed", signal=signal.SIGKILL),
    ],
)
def test_what_a_submission_did_itself_is_not(first: JobResult, said: Callable[..., list[int]]) -> None:
    """Whoever sleeps undisturbed sleeps again, however much it computed before."""
    runs = said(first)
    assert _run() is first
    assert len(runs) == 1


def test_a_missing_layer_is_told_at_once(said: Callable[..., list[int]]) -> None:
    """It will be missing the second time too."""
    runs = said(EnvironmentFault("check.layers_missing", layers=["landlock"]))
    with pytest.raises(EnvironmentFault):
        _run()
    assert len(runs) == 1


def test_an_allowance_is_the_end_of_it(said: Callable[..., list[int]]) -> None:
    """The first run may always be made; no other begins that might take longer than what is left."""
    late = JobResult(stop="wall", was_disturbed=True, wall_seconds=70.0)
    runs = said(late, late, late)
    allowance = Allowance(200.0)
    assert _run(allowance) is late  # and once more: 130 seconds are enough for twice the limit of 60
    assert len(runs) == 2
    with pytest.raises(EnvironmentFault) as caught:
        _run(allowance)
    assert caught.value.key == "check.no_time_left"
    assert len(runs) == 2
    runs = said(late)
    assert _run(Allowance(1.0)) is late
    assert len(runs) == 1


def test_a_machine_that_is_too_busy_is_not_held_against_a_submission(said: Callable[..., list[int]]) -> None:
    """Alone, it is given back all its waiting that the allowance has room for; beyond that, nobody can tell."""
    late = JobResult(stop="wall", was_disturbed=True)
    said(late, JobResult(stop="wall", was_starved=True))
    with pytest.raises(EnvironmentFault) as caught:
        _run(Allowance(200.0))
    assert caught.value.key == "check.no_time_left"
    assert Allowance(200.0).most_back(LIMITS) == 140.0
    assert Allowance(60.0).most_back(LIMITS) == LIMITS.wall_seconds


class Killed(FreshWorker):
    """A worker that somebody else kills as soon as it has begun."""

    def __init__(self, after: float) -> None:
        super().__init__()
        self.killer = threading.Timer(after, os.kill, (self.pid, signal.SIGKILL))
        self.killer.start()

    def end(self) -> Any:
        """Lay it to rest."""
        self.killer.join()
        return super().end()


def _in_turn(left: list[Callable[[], Worker]]) -> Callable[[], Worker]:
    """Starts a worker by the last of these, then by the one before it."""

    def begin() -> Worker:
        return left.pop()()

    return begin


@pytest.mark.parametrize("after", [0.0, 2.0])
def test_who_is_killed_by_somebody_else_is_heard_all_the_same(after: float) -> None:
    """While it starts, or amid its work."""
    left = [start, lambda: Killed(after)]
    job = _job("import time\n\ndef f():\n    time.sleep(3)\n    return 1\n")
    job_result = run_with_retry(_in_turn(left), job, LIMITS, ANY_LAYERS)
    assert job_result.stop == "finished"
    assert job_result.frames[1][2] == 1
    assert left == []


@pytest.mark.parametrize(
    ("how", "is_refused"),
    [("signal.raise_signal(9)", False), ("os.kill(os.getpid(), signal.SIGKILL) or os._exit(0)", True)],
)
def test_who_kills_itself_gains_nothing(how: str, is_refused: bool) -> None:
    """It is tried once more, and is a runtime error then; where seccomp refuses it, it is refused as any error is."""
    runs: list[int] = []

    def worker() -> Worker:
        runs.append(1)
        return start()

    source = f"import os, signal\n\ndef f():\n    {how}\n    return 1\n"
    job_result = run_with_retry(worker, _job(source), LIMITS, ANY_LAYERS)
    answers = parse_frames(job_result, 1, ())
    stop = fatal_stop(answers, job_result, LIMITS)
    if is_refused and "seccomp" in job_result.layers:
        assert (len(runs), job_result.stop, stop) == (1, "finished", None)
        assert isinstance(answers.cases[0].value, Raised)
        assert answers.cases[0].value.names[0] == "PermissionError"
    else:
        assert len(runs) == 2
        assert stop is not None
        assert stop[0] is Verdict.RUNTIME_ERROR


def test_a_fork_server_that_is_lost_is_replaced() -> None:
    """Between two jobs, amid one, and while it starts: the job is done all the same."""
    with contextlib.closing(ForkServer()) as fork_server:
        for after in (0.0, 0.0, 1.0):
            job = _job("import time\n\ndef f():\n    time.sleep(2)\n    return 1\n")
            lost = fork_server._process
            killer = threading.Timer(after, lost.kill)
            killer.start()
            job_result = run_with_retry(fork_server.start_worker, job, LIMITS, ANY_LAYERS)
            killer.join()
            assert (job_result.stop, job_result.frames[1][2]) == ("finished", 1)
            assert fork_server._process is not lost


def test_memory_that_runs_out_twice_is_the_machines(
    said: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel counts whom it kills for that; without its word the submission may have killed itself."""
    counts = iter([3, 4])
    monkeypatch.setattr(retry, "_killed_for_memory", lambda: next(counts))
    said(KILLED, KILLED)
    with pytest.raises(EnvironmentFault) as caught:
        _run()
    assert caught.value.key == "check.out_of_memory"
    monkeypatch.setattr(retry, "_killed_for_memory", lambda: 4)
    said(KILLED, KILLED)
    assert _run() is KILLED


@pytest.mark.skipif(not Path("/proc/vmstat").exists(), reason="Linux tells it")
def test_the_kernels_count_is_read() -> None:
    """A whole number, 0 on a machine that never ran out of memory."""
    assert retry._killed_for_memory() >= 0


def test_alone_means_alone() -> None:
    """Nobody else runs meanwhile, and nobody is forgotten."""
    gate, lock = Gate(), threading.Lock()
    running, done = 0, []

    def run(alone: bool) -> None:
        nonlocal running
        with gate.alone() if alone else gate.shared():
            with lock:
                running += 1
                assert not alone or running == 1
            time.sleep(0.002)
            with lock:
                assert not alone or running == 1
                running -= 1
        done.append(alone)

    threads = [threading.Thread(target=run, args=(number % 3 == 0,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done.count(True) == 20
    assert done.count(False) == 40


def test_those_who_are_not_alone_run_together() -> None:
    """Each waits within for the others: were there one at a time, none would go on."""
    gate, meeting = Gate(), threading.Barrier(3, timeout=60)
    met = []

    def run() -> None:
        with gate.shared():
            meeting.wait()
            met.append(True)

    threads = [threading.Thread(target=run) for _ in range(meeting.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert met == [True] * meeting.parties


def test_a_layer_is_required_of_the_second_worker_too() -> None:
    """Being tried again is no way around them."""
    workers = _in_turn([start, lambda: Killed(0.0)])
    with pytest.raises(EnvironmentFault) as caught:
        run_with_retry(workers, _job(""), LIMITS, Required(("a layer of tomorrow",)))
    assert caught.value.key == "check.layers_missing"
