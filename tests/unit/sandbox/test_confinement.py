"""What a real worker can reach: all that numerical Python needs, and nothing else."""

import json
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
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.job import run_job
from llmprep.sandbox.layers import LAYERS, Required
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import start
from llmprep.sandbox.worker.confine import apply as confine
from llmprep.values import Arguments, Raised

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
LIMITS = Limits(cpu_seconds=2, wall_seconds=8, memory_bytes=1 << 28)


@pytest.fixture(params=["fresh", "forked"])
def worker(request):
    """Starts workers of either kind."""
    if request.param == "fresh":
        yield start
        return
    fork_server = ForkServer()
    yield fork_server.start_worker
    fork_server.close()


def run(worker, source, *args, limits=LIMITS):
    """What came of one call of `f` in a worker."""
    given = [encode(Arguments(args, {}))]
    job = {"kind": "submission", "source": source, "helpers": "", "entry": "f", "inputs": given}
    job_result = run_job(worker(), {**job, "again": []}, limits)
    assert job_result.layers == LAYERS
    return job_result


def value(worker, source, *args):
    """The plain value that one call of `f` returned."""
    job_result = run(worker, source, *args)
    assert job_result.stop == "finished", job_result.printed.decode()
    _, (_, _, returned, *_) = job_result.frames
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


@pytest.mark.skipif(not any(Path(folder, "UTC").exists() for folder in confine.time_zone_folders()), reason="no zones")
def test_the_standard_librarys_time_zones_can_be_used(worker):
    """Its data lie outside Python's own folders; to read them is no attempt at anything."""
    source = "import zoneinfo as z\n\ndef f():\n    return z.ZoneInfo('UTC').key, 'UTC' in z.available_timezones()\n"
    given = [encode(Arguments((), {}))]
    job = {"kind": "submission", "source": source, "helpers": "", "entry": "f", "inputs": given, "again": []}
    job_result = run_job(worker(), {**job, "remarks": True}, LIMITS)
    assert job_result.stop == "finished", job_result.printed.decode()
    assert [frame[2] for frame in job_result.frames if frame[0] == "case"] == [("UTC", True)]
    assert not [frame for frame in job_result.frames if frame[0] == "tried"]


def test_what_numerical_python_needs_can_be_read(worker):
    """The files of numpy and of the standard library, also of modules that are imported late."""
    import numpy as np

    readable = [np.__file__, str(Path(np.__file__).parent / "linalg" / "__init__.py"), os.__file__]
    assert value(worker, READS, readable) == readable
    late = (
        "def f():\n    import decimal, fractions, json, statistics\n    import numpy.fft, numpy.linalg, numpy.random\n"
    )
    assert value(worker, f"{late}    return numpy.random.default_rng(1).random() < 1") is True


def test_a_warning_of_the_compiler_is_printed_once(worker):
    """The source is compiled once; before Python 3.12 no warning is shown at all."""
    given = [encode(Arguments((), {}))]
    job = {"kind": "submission", "source": 'def f():\n    return "\\d"\n', "helpers": "", "entry": "f", "inputs": given}
    job_result = run_job(worker(), {**job, "again": []}, LIMITS)
    assert job_result.stop == "finished"
    assert job_result.printed.count(b"SyntaxWarning") == (sys.version_info >= (3, 12))


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
    job = {"kind": "submission", "source": "print('ran')", "helpers": "", "entry": "f", "inputs": []}
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
    job_result = run(worker, source, limits=Limits(cpu_seconds=0.5, wall_seconds=30))
    assert (job_result.stop, job_result.signal) == ("cpu", 9)
    assert 0.5 <= job_result.cpu_seconds < 4


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
    fork_server = ForkServer()
    try:
        for source in (
            "import ctypes\nctypes.string_at(0)",
            "import os\nos._exit(3)",
            "import signal\nsignal.raise_signal(9)",
        ):
            assert run(fork_server.start_worker, source).stop == "died"
            assert value(fork_server.start_worker, "def f():\n    return 1") == 1
    finally:
        fork_server.close()


@pytest.mark.parametrize("maker", ["start()", "ForkServer().start_worker()"])
def test_a_worker_dies_with_its_parent(maker):
    """However the parent ends, no worker outlives it."""
    script = f"""
import os, signal, sys
from llmprep.sandbox.job import run_job
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.fork_server import ForkServer
from llmprep.sandbox.process import start
from llmprep.sandbox.codec import decode, encode
from llmprep.values import Arguments
worker = {maker}
begin = worker.begin
def told(common):
    preloaded = begin(common)
    print(worker.pid, flush=True)
    return preloaded
worker.begin = told
source = "import time\\ndef f():\\n    time.sleep(60)"
job = {{"kind": "submission", "source": source, "helpers": "", "entry": "f",
        "inputs": [encode(Arguments((), {{}}))], "again": []}}
run_job(worker, job, Limits(wall_seconds=60))
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
    job = {"kind": "submission", "source": source, "helpers": "", "entry": "f", "inputs": given}
    job_result = run_job(worker(), {**job, "again": []}, LIMITS)
    loaded, *cases = job_result.frames
    assert (loaded, len(cases)) == (("loaded",), 30)
    assert all(0 < frame[-1] < 1 for frame in cases)


@pytest.mark.parametrize("worker", ["forked"], indirect=True)
def test_a_layer_that_is_required_is_asked_for_of_a_taught_worker_too(worker):
    """What is preloaded holds the layers."""
    job = {"kind": "submission", "source": "print('ran')", "helpers": "", "entry": "f", "inputs": []}
    with pytest.raises(EnvironmentFault):
        run_job(worker(), {**job, "again": []}, LIMITS, Required(("a layer of tomorrow",)))


CONFINES = """
import json, os, sys, threading
import numpy
from llmprep.sandbox.worker.confine import apply as module
{before}
ruleset = module.prepare(os.path.dirname(numpy.__file__))
layers = module.confine(ruleset, cpu_seconds=5, memory_bytes=1 << 30)
def reads(path):
    try:
        open(path, "rb").read(1)
        return True
    except OSError:
        return False
import resource
limits = [resource.getrlimit(getattr(resource, name))[1] for name in ("RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_CORE")]
powers = ""
{after}
os.write(1, json.dumps([layers, limits, powers]).encode())
os._exit(0)
"""


def confined(before="", after=""):
    """A process that confines itself after something, does something else, and then says what is in force."""
    script = CONFINES.format(before=before, after=after)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    )
    assert done.returncode == 0, done.stderr
    layers, limits, powers = json.loads(done.stdout)
    return tuple(layers), limits, powers


def test_a_thread_that_was_there_before_leaves_no_layer_of_threads():
    """The kernel confines threads, and this process has one that may do as it likes: only limits are its own."""
    idle = "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    assert confined()[0] == LAYERS
    assert confined(idle)[0] == ("rlimits",)
    assert confined("module._names = lambda _: []")[0] == ("rlimits",)


def test_the_filter_holds_a_thread_that_was_there_before_too():
    """It is put on all threads where the kernel can, whatever is told of it."""
    before = """
go, came = threading.Event(), threading.Event()
found = []
def try_it():
    go.wait()
    try:
        os.pipe()
        found.append("made")
    except OSError as error:
        found.append(type(error).__name__)
    came.set()
threading.Thread(target=try_it, daemon=True).start()
"""
    assert confined(before, "go.set(); came.wait(); powers = found[0]")[2] == "PermissionError"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has powers to drop")
@pytest.mark.parametrize(("landlock", "kept"), [(True, 1 << 2), (False, 0)])
def test_root_reads_by_its_powers_only_where_landlock_says_what(landlock, kept):
    """Without Landlock the submission of root is held to what an ordinary user may read."""
    before = "" if landlock else "module.landlock.make_ruleset = lambda *_: -1"
    # seccomp refuses capget: it is asked before that layer.
    before += """
apply = module.seccomp.apply
def asking(libc):
    global told
    import ctypes, struct
    data = ctypes.create_string_buffer(24)
    libc.capget(struct.pack("<Ii", 0x20080522, 0), data)
    told = struct.unpack("<6I", data.raw)
    apply(libc)
module.seccomp.apply = asking
"""
    layers, _, told = confined(before, "powers = told")
    assert ("landlock" in layers) is landlock
    assert "capabilities" in layers
    assert told == [kept, kept, 0, 0, 0, 0]


def test_limits_that_can_be_set_are_set_where_memory_cannot_be_limited():
    """Where there is no /proc, how much memory is taken is not told."""
    before = """
def nothing():
    raise FileNotFoundError("/proc/self/statm")
module._address_space = nothing
"""
    layers, limits, _ = confined(before)
    assert "rlimits" not in layers
    assert limits == [0, 0, 0]


def test_libraries_lie_where_others_were_loaded_from(tmp_path, monkeypatch):
    """A distribution that has its own places for them is told by what is loaded; nothing else there may be read."""
    folder = tmp_path / "some lib"
    folder.mkdir()
    for name in ("libz.so.1", "liblzma.so", "libsecret.txt", "secret.so", "notes"):
        (folder / name).touch()
    line = f"7f00-7f01 r-xp 00000000 fd:01 1234                       {folder}/libz.so.1".encode()
    covered = f"7f00-7f01 r-xp 00000000 fd:01 1234                       {tmp_path}/numpy/core/_multiarray.so".encode()
    other = b"7f00-7f01 rw-p 00000000 00:00 0                          [heap/.so]"
    monkeypatch.setattr(confine, "_maps", lambda: [line, covered, other])
    readable = confine.readable_paths(str(tmp_path / "numpy"))
    mine = {path for path in readable if path.startswith(str(tmp_path))}
    numpy = {str(tmp_path / "numpy"), str(tmp_path / "numpy.libs")}
    assert mine == numpy | {str(folder / "libz.so.1"), str(folder / "liblzma.so")}


def test_what_this_process_has_loaded_is_told():
    """It has loaded Python's own extension modules at least."""
    assert any(Path(folder).is_dir() for folder in confine._loaded_from())
