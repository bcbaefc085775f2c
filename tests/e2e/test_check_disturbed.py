"""Whatever others do to the command's processes, a right submission is accepted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from submitted import HEADER, RIGHT, WRONG, Checker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
SLOW = RIGHT.replace("    if", "    import time\n\n    time.sleep(0.2)\n    if")


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    """The command, in a folder of its own."""
    return Checker(tmp_path)


@pytest.mark.parametrize("way", ["file", "folder"])
def test_a_command_that_is_started_with_sigchld_ignored(checker: Checker, way: str) -> None:
    """Some daemons and schedulers do that, and then nobody can ask how a child ended."""
    folder = checker.write(right=RIGHT)
    command = checker.arguments(folder if way == "folder" else folder / "right.py")
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", ignoring, *command], capture_output=True, text=True, env=checker.environ, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Accepted" in done.stdout


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = status.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found.append(int(status.parent.name))
    return found


def _wait_for(found: object, child: subprocess.Popen[str]) -> list[int]:
    """What a function finds, once it finds something."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        if pids := found():  # type: ignore[operator]
            return list(pids)
        time.sleep(0.02)
    raise AssertionError("it was over, or never came")


def test_a_fork_server_that_is_killed_costs_nobody_a_verdict(checker: Checker) -> None:
    """Its child dies with it; the file is graded all the same, and so are those after it."""
    folder = checker.write(
        **{f"slow{number}": SLOW for number in range(4)}, wrong=WRONG, **{f"z{n}": RIGHT for n in "ab"}
    )
    command = checker.arguments(folder, "--jobs", "2", "--json")
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=checker.environ)
    # A fork server is a child of the command that has a child itself.
    servers = _wait_for(lambda: [pid for pid in _children(child.pid) if _children(pid)], child)
    os.kill(servers[0], signal.SIGKILL)
    told, _ = child.communicate(timeout=120)
    verdicts = [report["verdict"] for report in json.loads(told)["reports"]]
    assert sorted(verdicts) == ["accepted"] * 6 + ["wrong_answer"]


def test_a_worker_that_is_killed_costs_nobody_a_verdict(checker: Checker) -> None:
    """As the kernel may do where memory runs out, for what a neighbour took."""
    path = checker.folder / "mine.py"
    path.write_text(HEADER + SLOW, encoding="utf-8")
    assert checker.run(path)[0] == 0  # the cases are made
    child = subprocess.Popen(checker.arguments(path), stdout=subprocess.PIPE, text=True, env=checker.environ)
    (worker,) = _wait_for(lambda: _children(child.pid), child)
    time.sleep(0.5)
    os.kill(worker, signal.SIGKILL)
    assert "Accepted" in child.communicate(timeout=120)[0]
    assert child.returncode == 0


@pytest.mark.parametrize(("limit", "flag"), [("RLIMIT_CPU, (3, 3)", "-t"), ("RLIMIT_AS, (900 << 20, 900 << 20)", "-v")])
def test_a_limit_of_the_shells_is_not_blamed_on_the_submission(checker: Checker, limit: str, flag: str) -> None:
    """It is held to what it is promised, or not judged at all."""
    folder = checker.write(busy="def power(base, exponent):\n    while True: pass\n")
    limiting = f"import os, resource, sys; resource.setrlimit(resource.{limit}); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", limiting, *checker.arguments(folder / "busy.py", "--lang", "en")]
    done = subprocess.run(command, capture_output=True, text=True, env=checker.environ, check=False)
    assert done.returncode == 5, done.stdout
    assert f"ulimit -H {flag}" in done.stderr
