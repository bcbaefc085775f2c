"""On a processor that no filter of system calls is known for, all works as elsewhere, or says what is missing."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest
from submitted import BANK, FLOODS, HEADER, LLMPREP, RIGHT, WRONG, Checker

from llmprep.bank import Bank

if TYPE_CHECKING:
    from collections.abc import Sequence

BUNDLED = Path(__file__).parents[2] / "bank"
RENAMED = """
import ctypes, os, sys
linux32 = 8
if ctypes.CDLL(None).personality(linux32) < 0:
    sys.exit(99)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Has the kernel tell a program, and all that it starts, another machine name: that of the 32-bit processor."""


class Elsewhere(Checker):
    """The installed command on a machine of another name."""

    def arguments(self, *more: object) -> list[str]:
        """The command line."""
        return elsewhere(super().arguments(*more))


def elsewhere(command: Sequence[str]) -> list[str]:
    """A command, run where the machine has another name."""
    return [sys.executable, "-c", RENAMED, *command]


def _name_elsewhere() -> str:
    name = shutil.which("uname")
    if sys.platform != "linux" or name is None:
        return platform.machine()
    return subprocess.run(elsewhere([name, "-m"]), capture_output=True, text=True, check=False).stdout.strip()


pytestmark = pytest.mark.skipif(
    _name_elsewhere() in (platform.machine(), ""), reason="this kernel gives its machine no other name"
)


@pytest.fixture
def checker(tmp_path: Path) -> Elsewhere:
    """The command, in a folder of its own."""
    return Elsewhere(tmp_path)


def test_a_folder_is_refused_with_the_layer_that_is_missing(checker: Elsewhere) -> None:
    """Strangers' code is not run where a layer is missing, and which it is, is told."""
    code, _, complaint = checker.run(checker.write(a=RIGHT))
    assert code == 5
    assert "seccomp" in complaint
    assert "--allow-weaker" in complaint


def test_a_folder_that_may_be_graded_is(checker: Elsewhere) -> None:
    """Each file gets the verdict that it gets elsewhere, from warm processes."""
    folder = checker.write(right=RIGHT, wrong=WRONG, floods=FLOODS)
    code, told, _ = checker.run(folder, "--allow-weaker", "--plain")
    assert code == 1
    for name, verdict in (("right", "Accepted"), ("wrong", "Wrong answer"), ("floods", "Output limit exceeded")):
        (line,) = [line for line in told.splitlines() if f"{name}.py" in line]
        assert verdict in line


def test_a_report_names_the_missing_layer(checker: Elsewhere) -> None:
    """One's own file runs all the same."""
    folder = checker.write(right=RIGHT)
    code, told, _ = checker.run(folder / "right.py", "--plain")
    assert code == 0
    assert "Missing confinement layers: seccomp" in told


def test_a_pace_is_measured(checker: Elsewhere) -> None:
    """Warm processes run the reference and the submission in turn."""
    name = "robustness/exact-shapley"
    path = checker.folder / "mine.py"
    path.write_text(f"# llmprep: {name}\n{Bank.open(BUNDLED, None).exercise(name).reference}", encoding="utf-8")
    checker.bank = BUNDLED
    code, told, complaint = checker.run(path, "--json")
    assert code == 0, complaint
    assert '"efficiency": {' in told


def test_a_file_is_watched(checker: Elsewhere) -> None:
    """Each check is a child of one warm process."""
    (checker.folder / "mine.py").write_text(HEADER + RIGHT, encoding="utf-8")
    command, *arguments = checker.arguments("mine.py", "--watch")
    child = pexpect.spawn(
        command, arguments, env=checker.environ, cwd=str(checker.folder), encoding="utf-8", timeout=120
    )
    try:
        for key in "rq":
            child.expect_exact("Accepted")
            child.expect_exact("Watching mine.py")
            child.send(key)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    finally:
        child.close(force=True)


def test_a_suite_is_proved_as_elsewhere() -> None:
    """Word for word, once it is allowed to run with fewer layers."""
    command = [LLMPREP, "validate", str(BANK / "mini" / "power.yaml"), "--deep", "--allow-weaker"]
    there, here = (
        subprocess.run(each, capture_output=True, text=True, check=False) for each in (elsewhere(command), command)
    )
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    assert there.returncode == 0


def test_a_bank_is_not_run_without_a_word(checker: Elsewhere) -> None:
    """Its code may be a stranger's too: without a layer it is run where that is allowed, and else refused."""
    sample = Path(__file__).parents[1] / "unit/bank/sample"

    def validate(*more: str) -> tuple[int, str, str]:
        command = elsewhere([LLMPREP, "validate", str(sample / "compression/halving.yaml"), "--deep", *more])
        done = subprocess.run(command, capture_output=True, text=True, env=checker.environ, check=False)
        return done.returncode, done.stdout, done.stderr

    code, told, complaint = validate()
    assert (code, told) == (5, "")
    assert "seccomp" in complaint
    assert "--allow-weaker" in complaint
    code, told, complaint = validate("--allow-weaker")
    assert code == 4, complaint  # the sample's own problems, which only a run finds
    assert "key_points.3.match.en" in told
    assert "seccomp" not in complaint
