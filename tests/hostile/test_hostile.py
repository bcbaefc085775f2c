"""Every attack gets its verdict in time, leaves nothing behind, and does not disturb the next submission.

The folder that an attack is in is the verdict it must get. All that are quick run in one batch through the installed
command, as the user who runs the tests and, where that is root, as an ordinary user too; those that are slow or reach
beyond their process also run one by one.
"""

import ctypes
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BANK = HERE / "bank"
VERDICTS = (
    "accepted",
    "invalid_submission",
    "memory_limit_exceeded",
    "output_limit_exceeded",
    "runtime_error",
    "time_limit_exceeded",
    "wrong_answer",
)
ATTACKS = [path for verdict in VERDICTS for path in sorted((HERE / verdict).glob("*.py"))]
SLOW = {
    "sleeps", "sleeps_in_bursts", "half_an_answer", "stops_itself", "end_and_stay", "hangs_at_import",
    "hangs_in_its_words", "holds_the_interpreter", "pathological_pattern", "swallows_everything", "slow_chunks",
    "slow_prints", "prints_and_answers_in_turn", "answers_byte_by_byte", "closes_its_answer_and_stays",
    "slow_large_arrays",
}  # fmt: skip
"""These take their whole limit; they come first, to be shared out evenly."""
REACHES_OUT = re.compile(r"llmprep-hostile|kill|fork|exec|spawn|shm|socket|thread|setsid|clone|stop", re.IGNORECASE)
"""In the source of whatever might leave a process, a file or a socket behind, or reach another process."""
ALONE = [path for path in ATTACKS if path.stem in SLOW or REACHES_OUT.search(path.read_text(errors="replace"))]
"""Each of these has a command to itself, so that what it leaves behind is known to be its own."""
RIGHT = b"""# llmprep: mini/softmax
import numpy as np


def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
LONG_LINE = b"# llmprep: mini/softmax\ndef softmax(x, depth=60):\n%s%s" % (
    b" " * 300,
    b"return softmax(x, depth - 1) if depth else x.no or '%s'\n" % (b"a" * 1_000_000),
)
NOBODY = 65534
LAYERS = {"rlimits", "no_new_privileges", "capabilities", "landlock", "seccomp"}
MARK = "llmprep-hostile"
"""In the name of everything that an attack tries to make."""
LIMIT_SECONDS = 25
"""Twice the wall-clock limit of six seconds, as a loaded machine may have it tried again, the start of a judge, and a
margin."""
PACKAGES = ("numpy", "numpy.libs", "typer", "click", "rich", "yaml", "platformdirs", "shellingham", "markdown_it")
PACKAGES += ("mdurl", "pygments", "typing_extensions.py", "annotated_doc", "fsrs", "pydantic", "pydantic_core")
PACKAGES += ("annotated_types", "typing_inspection", "mdit_py_plugins")


HALF_WRITTEN = "*.pyc.*"
"""What another process makes and renames while it compiles a module: listed, and gone before it is copied."""


class User:
    """Somebody who runs the command: what they run, and as whom."""

    def __init__(self, name, command, environment, uid=None):
        self.name, self.command, self.environment, self.uid = name, command, environment, uid

    def run(self, *arguments, cwd=None):
        """The finished command, and the seconds it took."""
        begun = time.monotonic()
        done = subprocess.run(
            [*self.command, *map(str, arguments)],
            capture_output=True,
            env=self.environment,
            user=self.uid,
            group=self.uid,
            extra_groups=[] if self.uid else None,
            cwd=cwd,
            timeout=600,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done, time.monotonic() - begun

    def check(self, path, *options, cwd=None):
        """The report on a submission, as data, and the seconds it took."""
        done, seconds = self.run("check", path, "--bank", BANK_OF[self.name], "--json", *options, cwd=cwd)
        assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")
        assert raw_escapes(done.stdout + done.stderr) == []
        assert done.stderr == b""
        report = json.loads(done.stdout)
        assert report["accepted"] == (done.returncode == 0) == (report["verdict"] == "accepted")
        return report, seconds


BANK_OF = {"self": BANK}


def in_time(seconds):
    """Whether that is within the limits, on a machine as loaded as this one has been."""
    return seconds < LIMIT_SECONDS * max(1.0, *(load / os.cpu_count() for load in os.getloadavg()[:2]))


def raw_escapes(output):
    """Characters in what is printed that a terminal would obey, or that turn its text around."""
    text = output.decode("utf-8", "surrogateescape")
    return [one for one in text if not one.isprintable() and one != "\n"]


@pytest.fixture(scope="session", autouse=True)
def _orphans_come_here():
    """Processes whose parent has gone become children of this one, so that none can hide."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        assert ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0) == 0


def _command_of_this_user(home):
    environment = {"LLMPREP_HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    return User("self", [Path(sys.executable).with_name("llmprep")], environment)


@pytest.fixture(scope="session")
def this_user(tmp_path_factory):
    """Whoever runs the tests, with a home of their own: the cases are made once."""
    return _command_of_this_user(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def world_readable():
    """What an ordinary user needs: the package, its libraries and the bank, where everybody may read them."""
    folder = Path(tempfile.mkdtemp(prefix="llmprep-for-everybody-"))
    try:
        source = Path(find_spec("numpy").origin).parent.parent
        libraries = folder / "libraries"
        libraries.mkdir()
        for name in PACKAGES:
            if (source / name).is_dir():
                ignored = shutil.ignore_patterns("tests", "*.pyi", "f2py", "include", HALF_WRITTEN)
                shutil.copytree(source / name, libraries / name, ignore=ignored)
            elif (source / name).exists():
                shutil.copy(source / name, libraries)
        for metadata in source.glob("*.dist-info"):
            shutil.copytree(metadata, libraries / metadata.name)
        package = HERE.parent.parent / "src" / "llmprep"
        shutil.copytree(package, libraries / "llmprep", ignore=shutil.ignore_patterns(HALF_WRITTEN))
        shutil.copytree(BANK, folder / "bank")
        BANK_OF["nobody"] = folder / "bank"
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        yield folder
    finally:
        shutil.rmtree(folder)


def _python_for_everybody(libraries):
    """A Python of this version that an ordinary user may run."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys._base_executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        user = User("nobody", [candidate], {"PYTHONPATH": str(libraries)}, NOBODY)
        try:
            done, _ = user.run("-c", "import numpy, llmprep", cwd="/")
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    return None


@pytest.fixture(scope="session")
def nobody(world_readable):
    """An ordinary user, with a home of their own, if root runs the tests."""
    libraries = world_readable / "libraries"
    python = _python_for_everybody(libraries)
    if python is None:
        pytest.skip("no Python of this version that an ordinary user may run")
    home = world_readable / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    environment = {
        "LLMPREP_HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "100",
        "PYTHONPATH": str(libraries), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    return User("nobody", [python, "-m", "llmprep"], environment, NOBODY)


@pytest.fixture
def user(request):
    """Who runs the command: whoever runs the tests, and an ordinary user if that is root."""
    if request.param == "nobody" and os.geteuid() != 0:
        pytest.skip("only root can run the command as another user; it ran as this one, who is an ordinary user")
    return request.getfixturevalue("this_user" if request.param == "self" else "nobody")


@pytest.fixture
def submission(tmp_path_factory):
    """Puts a submission where everybody may read it."""
    with tempfile.TemporaryDirectory(prefix="llmprep-submission-") as name:
        folder = Path(name)
        folder.chmod(0o755)

        def place(source, name="submission.py"):
            path = folder / name
            path.write_bytes(source)
            path.chmod(0o644)
            return path

        yield place


def children():
    """The processes that this one is the parent of, dead ones aside, which are laid to rest."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid():
            if state == "Z":
                os.waitpid(int(status.parent.name), os.WNOHANG)
            else:
                found.add(status.parent.name)
    return found


def stayed(before, seconds=5.0):
    """Children beyond those of before, once a worker that was started ahead and not needed has had time to see it."""
    deadline = time.monotonic() + seconds
    while (left := children() - before) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def traces():
    """Whatever an attack may have made that outlives it: files, sockets, shared memory."""
    places = ("/tmp", "/dev/shm", "/var/tmp", "/run", "/")
    found = {str(path) for place in places for path in Path(place).glob(f"*{MARK}*")}
    for table in ("/proc/net/unix", "/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"):
        try:
            lines = Path(table).read_text().splitlines()
        except OSError:
            continue
        found |= {f"{table}: {line}" for line in lines if MARK in line or str(0x6C6C6D70) in line.split()}
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
@pytest.mark.parametrize(
    "attack",
    sorted(ALONE, key=lambda path: path.stem not in SLOW),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_an_attack_gets_its_verdict_and_leaves_nothing_behind(attack, this_user, submission):
    """The verdict is the folder's; no process, file or socket stays; the next submission is accepted."""
    source = attack.read_bytes()
    if b"(x86-64 only.)" in source and platform.machine() != "x86_64":
        pytest.skip("calls are made by their x86-64 numbers")
    place = submission(source)
    before = children()
    report, seconds = this_user.check(place)
    assert report["verdict"] == attack.parent.name, json.dumps(report, indent=1)[:4000]
    assert in_time(seconds)
    assert set(report["layers"]) == LAYERS
    assert stayed(before) == set()
    assert traces() == set()
    assert place.read_bytes() == source
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    report, _ = this_user.check(submission(RIGHT))
    assert report["verdict"] == "accepted"


@pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
@pytest.mark.skipif(platform.machine() != "x86_64", reason="some calls are made by their x86-64 numbers")
@pytest.mark.parametrize("user", ["self", "nobody"], indirect=True)
def test_all_attacks_at_once_get_the_same_verdicts(user):
    """Forked from warm processes, on fresh cases, by root and by an ordinary user: no attack disturbs its neighbours.

    A right submission follows each attack, and is accepted.
    """
    with tempfile.TemporaryDirectory(prefix="llmprep-class-") as name:
        folder = Path(name)
        attacks = [attack for attack in ATTACKS if attack.stem not in SLOW]
        for attack in attacks:
            place = folder / attack.parent.name
            place.mkdir(exist_ok=True)
            shutil.copy(attack, place)
            (place / f"{attack.stem}~next.py").write_bytes(RIGHT)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        before = children()
        done, _ = user.run("check", folder, "--bank", BANK_OF[user.name], "--json", "--jobs", "2")
        assert done.returncode == 1, done.stderr.decode("utf-8", "replace")
        assert raw_escapes(done.stdout) == []
        reports = {Path(report["file"]): report for report in json.loads(done.stdout)["reports"]}
        assert len(reports) == 2 * len(attacks)
        wanted = {path: "accepted" if path.stem.endswith("~next") else path.parent.name for path in reports}
        told = {path: report["verdict"] for path, report in reports.items()}
        assert {path.name: told[path] for path in reports if told[path] != wanted[path]} == {}
        unconfined = {told[path] for path, report in reports.items() if set(report["layers"]) != LAYERS}
        assert unconfined <= {"invalid_submission"}  # those that are no text, which no process was given
        # An attack that looks for something under a name that it no longer has is none.
        slips = ("KeyError", "AttributeError", "NameError", "IndexError")
        found = {path.stem: json.dumps([one["findings"], one["first_failure"]]) for path, one in reports.items()}
        assert [stem for stem, words in found.items() if any(slip in words for slip in slips)] == ["method_missing"]
        assert stayed(before) == set()
        assert traces() == set()


@pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
@pytest.mark.parametrize(
    "name",
    [
        "runtime_error/exception_that_draws_a_report",
        "runtime_error/function_named_by_escapes",
        "runtime_error/exception_with_hostile_names",
        "runtime_error/reason_of_its_own",
        "wrong_answer/text_of_escapes",
        "wrong_answer/mapping_of_escapes",
        "wrong_answer/integer_past_printing",
        "wrong_answer/bits_that_are_large",
        "invalid_submission/escapes_in_the_line",
        "invalid_submission/wrong_parameters",
        "invalid_submission/names_that_are_no_strings",
        "invalid_submission/says_it_is_invalid",
        "output_limit_exceeded/flood_at_import",
        "accepted/prints_a_verdict",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_a_report_on_the_terminal_obeys_no_submission(name, language, this_user):
    """Nothing that a terminal obeys is printed; nothing of a submission's passes for a line of ours; it is short."""
    done, _ = this_user.run("check", HERE / f"{name}.py", "--bank", BANK, "--lang", language)
    text = done.stdout.decode()
    assert done.returncode == (0 if name.startswith("accepted/") else 1)
    assert done.stderr == b""
    assert raw_escapes(done.stdout) == []
    verdicts = [line for line in text.splitlines() if line.startswith(("✓", "✗"))]
    assert len(verdicts) == 1
    assert text.startswith(verdicts[0])
    assert len(text) < 20_000


@pytest.mark.parametrize(
    ("name", "source", "verdict"),
    [
        ("fifty megabytes", b"# llmprep: mini/softmax\n" + b"# x\n" * (50 << 18), "invalid_submission"),
        ("just over the limit", b"# llmprep: mini/softmax\n" + b"#" * (1 << 20), "invalid_submission"),
        ("not text", b"# llmprep: mini/softmax\n\xff\xfe\x00", "invalid_submission"),
        ("a null character", b"# llmprep: mini/softmax\nx = 1\0", "invalid_submission"),
        ("a form feed in every line", b"# llmprep: mini/softmax\n" + b"\x0c\x1c" * 100 + b"\n)", "invalid_submission"),
        ("no encoding of text", b"# llmprep: mini/softmax\n# -*- coding: rot13 -*-\n" + RIGHT, "invalid_submission"),
        ("a declared encoding", b"# -*- coding: utf-16 -*-\n" + RIGHT, "invalid_submission"),
        ("a declared encoding of Chinese", b"# -*- coding: gbk -*-\n# \xce\xd2\n" + RIGHT, "accepted"),
        ("a byte-order mark and Windows line ends", b"\xef\xbb\xbf" + RIGHT.replace(b"\n", b"\r\n"), "accepted"),
        ("fifty frames in one line of a megabyte", LONG_LINE, "runtime_error"),
        ("as large as may be", RIGHT + b"#" * ((1 << 20) - len(RIGHT)), "accepted"),
    ],
)  # fmt: skip
def test_a_file_that_git_would_not_keep(name, source, verdict, this_user, submission):
    """Whatever bytes a file holds, it gets a verdict."""
    report, seconds = this_user.check(submission(source))
    assert report["verdict"] == verdict
    assert in_time(seconds)


@pytest.mark.parametrize("name", ["\x1b[2J\x1b]0;owned\x07.py", "line\nbreak\n✓ Accepted.py", "\u202e\x9b31m.py"])
def test_the_name_of_a_file_is_not_obeyed(name, this_user, submission):
    """A file's name in a message is escaped, whether the file is there, unreadable as source, or a folder."""
    nameless = submission(b"x = 1\n", name)
    folder = nameless.parent / f"folder {name}"
    folder.mkdir()
    for path in (nameless, folder, nameless.parent / f"missing {name}"):
        done, _ = this_user.run("check", path, "--bank", BANK)
        assert done.returncode == 2
        assert raw_escapes(done.stdout + done.stderr) == []


def test_what_is_no_file_is_told_at_once(this_user, tmp_path):
    """A pipe that nobody writes to, or a device without end, is refused and not waited for."""
    os.mkfifo(tmp_path / "pipe.py")
    for path in (tmp_path / "pipe.py", Path("/dev/zero")):
        done, seconds = this_user.run("check", path, "--bank", BANK, "--exercise", "mini/softmax")
        assert done.returncode == 2
        assert in_time(seconds)


def test_there_are_a_hundred_attacks_and_each_says_what_it_tries():
    """The suite is as large as it claims, and each file begins with a sentence."""
    assert len(ATTACKS) >= 200
    assert all(path.read_text().startswith("# ") for path in ATTACKS)
    bodies = [path.read_text().partition("\n# llmprep:")[2] for path in ATTACKS]
    assert len(set(bodies)) == len(bodies)
