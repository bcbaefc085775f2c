"""What a real worker can reach: all that numerical Python needs, and nothing else."""

import os
import resource
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

import llmprep
from llmprep.errors import EnvironmentFault
from llmprep.sandbox.codec import decode, encode
from llmprep.sandbox.job import Limits, converse
from llmprep.sandbox.layers import LAYERS, Required
from llmprep.sandbox.process import Nursery, start
from llmprep.values import Arguments, Raised

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
LIMITS = Limits(cpu_seconds=2, wall_seconds=8, memory_bytes=1 << 28)


@pytest.fixture(params=["fresh", "forked"])
def worker(request):
    """Starts workers of either kind."""
    if request.param == "fresh":
        yield start
        return
    nursery = Nursery()
    yield nursery.worker
    nursery.close()


def run(worker, source, *args, limits=LIMITS):
    """What came of one call of `f` in a worker."""
    given = [encode(Arguments(args, {}))]
    job = {"kind": "submission", "source": source, "helpers": "", "entry": "f", "forbid": [], "inputs": given}
    transcript = converse(worker(), {**job, "again": []}, limits)
    assert transcript.layers == LAYERS
    return transcript


def value(worker, source, *args):
    """The plain value that one call of `f` returned."""
    transcript = run(worker, source, *args)
    assert transcript.stop == "finished", transcript.printed.decode()
    ((_, _, returned, *_),) = transcript.frames
    return returned


READS = """
import os

def f(paths):
    found = []
    for path in paths:
        try:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
            found.append(path)
        except OSError:
            pass
    return found
"""


def test_what_numerical_python_needs_can_be_read(worker):
    """The files of numpy and of the standard library, also of modules that are imported late."""
    import numpy as np

    readable = [np.__file__, str(Path(np.__file__).parent / "linalg" / "__init__.py"), os.__file__]
    assert value(worker, READS, readable) == readable
    late = (
        "def f():\n    import decimal, fractions, json, statistics\n    import numpy.fft, numpy.linalg, numpy.random\n"
    )
    assert value(worker, f"{late}    return numpy.random.default_rng(1).random() < 1") is True


@pytest.mark.parametrize("forbid", [[], ["eval"]])
def test_a_warning_of_the_compiler_is_printed_once(worker, forbid):
    """Looking for what is forbidden prints nothing of its own; before Python 3.12 none is shown at all."""
    given = [encode(Arguments((), {}))]
    job = {"kind": "submission", "source": 'def f():\n    return "\\d"\n', "helpers": "", "entry": "f", "inputs": given}
    transcript = converse(worker(), {**job, "forbid": forbid, "again": []}, LIMITS)
    assert transcript.stop == "finished"
    assert transcript.printed.count(b"SyntaxWarning") == (sys.version_info >= (3, 12))


def test_nothing_else_can_be_read(worker):
    """Neither the bank, the package, its libraries, other users' files, /proc, /tmp nor devices."""
    package = Path(llmprep.__file__).parent
    secrets = [
        str(package / "checking" / "grade.py"), str(package), str(package.parent.parent / "bank"),
        "/etc/passwd", "/etc", "/", "/tmp", "/dev/shm", "/home", "/root", "/var/log", "/sys",
        "/proc", "/proc/self/status", "/proc/self/environ", "/proc/self/mem", f"/proc/{os.getpid()}/environ",
        f"/proc/{os.getpid()}/fd/0", "/dev/null", "/dev/tty", "/dev/zero", __file__, sys.executable,
    ]  # fmt: skip
    import yaml

    assert value(worker, READS, [*secrets, yaml.__file__]) == []


def test_the_process_holds_nothing_of_its_makers(worker):
    """No module of this package, no path to it, no variable of the user's, no descriptor but its four."""
    source = """
import os, sys

def f():
    descriptors = []
    for number in range(64):
        try:
            os.fstat(number)
            descriptors.append(number)
        except OSError:
            pass
    modules = [name for name in sys.modules if name.startswith("llmprep")]
    paths = [path for path in sys.path if "site-packages" in path or path.endswith("src")]
    return descriptors, modules, paths, sorted(os.environ)
"""
    os.environ["LLMPREP_SECRET"] = "x"
    try:
        descriptors, modules, paths, environment = value(worker, source)
    finally:
        del os.environ["LLMPREP_SECRET"]
    assert descriptors == [0, 1, 2, 3]
    assert (modules, paths) == ([], [])
    assert not [name for name in environment if name.startswith(("LLMPREP", "HOME", "USER", "PATH", "PYTHONPATH"))]


def test_no_foreign_code_runs_where_a_required_layer_is_missing(worker):
    """The worker ends by itself before it looks at the source: it does not race the parent's refusal."""
    job = {"kind": "submission", "source": "print('ran')", "helpers": "", "entry": "f", "forbid": [], "inputs": []}
    process = worker()
    process.begin({})
    body = encode({**job, "again": [], "cpu_seconds": 1.0, "memory_bytes": 1 << 28, "answer_bytes": 1 << 20,
                   "required": ["a layer of tomorrow"]})  # fmt: skip
    os.write(process.job, struct.pack("<Q", len(body)) + body)
    printed = b"".join(iter(lambda: os.read(process.printed, 1 << 16), b""))
    answer = b"".join(iter(lambda: os.read(process.answer, 1 << 16), b""))
    process.end()
    assert printed == b""
    assert decode(answer[8:])[0] == "ready"


def test_limits_are_hard(worker):
    """What may not be raised need not be trusted: soft and hard limits are one."""
    source = """
import resource
import struct

def f():
    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    return {name: list(resource.getrlimit(getattr(resource, name))) for name in names}
"""
    limits = value(worker, source)
    assert limits["RLIMIT_NPROC"] == limits["RLIMIT_FSIZE"] == limits["RLIMIT_CORE"] == [0, 0]
    assert limits["RLIMIT_NOFILE"] == [64, 64]
    assert limits["RLIMIT_MEMLOCK"] == [0, 0]
    assert limits["RLIMIT_CPU"][0] == limits["RLIMIT_CPU"][1] <= LIMITS.cpu_seconds + 3
    assert limits["RLIMIT_AS"][0] == limits["RLIMIT_AS"][1] != resource.RLIM_INFINITY


def test_memory_is_what_was_given(worker):
    """Half of it can be had; twice as much is refused as Python's own MemoryError."""
    source = "import numpy as np\n\ndef f(n):\n    return int(np.ones(n, dtype=np.uint8).sum())"
    assert value(worker, source, LIMITS.memory_bytes // 2) == LIMITS.memory_bytes // 2
    refused = value(worker, source, LIMITS.memory_bytes * 2)
    assert isinstance(refused, Raised)
    assert "MemoryError" in refused.names


def test_a_busy_worker_ends_by_its_cpu_time(worker):
    """The kernel ends it, not the parent's patience, whatever it does with signals."""
    source = "import signal\n\ndef f():\n    signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n    while True: pass"
    transcript = run(worker, source, limits=Limits(cpu_seconds=0.5, wall_seconds=30))
    assert (transcript.stop, transcript.signal) == ("cpu", 9)
    assert 0.5 <= transcript.cpu_seconds < 4


@pytest.mark.parametrize(
    "call",
    [
        "os.fork()",
        "threading.Thread(target=print).start()",
        "socket.socket()",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getpid(), 0)",
        "os.execv('/bin/true', ['true'])",
        "os.pipe()",
        "os.dup(1)",
        "os.open('/tmp/x', os.O_RDONLY | os.O_CREAT)",
        "open(os.__file__, 'r+')",
        "os.chdir('/')",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))",
        "os.setsid()",
        "os.memfd_create('x')",
        "os.sched_setaffinity(0, {0})",
    ],
)
def test_what_harms_the_host_is_refused(call):
    """Each shows as Python's own error, which a submission may catch."""
    source = f"import os, resource, socket, threading\n\ndef f():\n    {call}"
    raised = value(start, source)
    assert isinstance(raised, Raised)
    assert raised.names[0] in ("PermissionError", "RuntimeError", "ValueError")


def test_a_crash_disturbs_no_later_worker():
    """The warm process goes on, and so does its next child."""
    nursery = Nursery()
    try:
        for source in (
            "import ctypes\nctypes.string_at(0)",
            "import os\nos._exit(3)",
            "import signal\nsignal.raise_signal(9)",
        ):
            assert run(nursery.worker, source).stop == "died"
            assert value(nursery.worker, "def f():\n    return 1") == 1
    finally:
        nursery.close()


@pytest.mark.parametrize("maker", ["start()", "Nursery().worker()"])
def test_a_worker_dies_with_its_parent(maker):
    """However the parent ends, no worker outlives it."""
    script = f"""
import os, signal, sys
from llmprep.sandbox.job import Limits, converse
from llmprep.sandbox.process import Nursery, start
from llmprep.sandbox.codec import decode, encode
from llmprep.values import Arguments
worker = {maker}
begin = worker.begin
def told(common):
    taught = begin(common)
    print(worker.pid, flush=True)
    return taught
worker.begin = told
source = "import time\\ndef f():\\n    time.sleep(60)"
job = {{"kind": "submission", "source": source, "helpers": "", "entry": "f", "forbid": [],
        "inputs": [encode(Arguments((), {{}}))], "again": []}}
converse(worker, job, Limits(wall_seconds=60))
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    time.sleep(1.0)
    assert Path(f"/proc/{pid}").exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(600):
        try:
            gone = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            gone = True
        if gone:
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")


def test_short_calls_take_time_too(worker):
    """The time of a call is told to the microsecond, though the limit on CPU time is kept by the kernel's ticks."""
    given = [encode(Arguments((n,), {})) for n in range(30)]
    source = "def f(x):\n    return sum(range(2000 + x))"
    job = {"kind": "submission", "source": source, "helpers": "", "entry": "f", "forbid": [], "inputs": given}
    transcript = converse(worker(), {**job, "again": []}, LIMITS)
    assert len(transcript.frames) == 30
    assert all(0 < frame[-1] < 1 for frame in transcript.frames)


@pytest.mark.parametrize("worker", ["forked"], indirect=True)
def test_a_layer_that_is_required_is_asked_for_of_a_taught_worker_too(worker):
    """What is taught holds the layers."""
    job = {"kind": "submission", "source": "print('ran')", "helpers": "", "entry": "f", "forbid": [], "inputs": []}
    with pytest.raises(EnvironmentFault):
        converse(worker(), {**job, "again": []}, LIMITS, Required(("a layer of tomorrow",)))
