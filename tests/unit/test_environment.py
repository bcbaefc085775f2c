"""`scripts/environment` sets up once, whoever asks and whatever an interrupted run left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pexpect
import pytest

from llmprep.errors import Exit

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "environment"
PYTHON = """#!/usr/bin/env bash
# Stands for Python: new enough, makes an environment, and notes each installation, which takes a moment and may fail.
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip")
    echo "$*" >>"$NOTES" && sleep 0.1
    echo "Collecting something"
    if [ -e "$NOTES.fail" ]; then echo "ERROR: no network" >&2 && exit 1; fi
    ;;
esac
"""
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


class Root:
    """A project that is nothing but its pyproject.toml and its locks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, folder / "notes"
        (folder / "pyproject.toml").touch()
        self.locks = folder / "scripts" / "locks"
        self.locks.mkdir(parents=True)
        for name in ("run", "build", "dev", "frameworks"):
            (self.locks / f"{name}.txt").touch()
        python = folder / "fake-python"
        python.write_text(PYTHON, encoding="utf-8")
        python.chmod(0o755)
        self.environment = {**os.environ, "PYTHON": str(python), "NOTES": str(self.notes)}

    def start(self, wanted: str = "[dev]") -> subprocess.Popen[str]:
        """Begin to prepare."""
        code = f'set -euo pipefail; root="{self.folder}"; . "{SCRIPT}"; prepare "{wanted}"; "$bin/python" -c pass'
        return subprocess.Popen(
            ["bash", "-c", code], env=self.environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def prepare(self, wanted: str = "[dev]", code: int = Exit.YES) -> str:
        """Prepare, to the end; what is said of it."""
        process = self.start(wanted)
        _, told = process.communicate(timeout=60)
        assert process.returncode == code, told
        return told

    def installed(self) -> list[str]:
        """What was installed since this was last asked: the last words of each of pip's command lines."""
        lines = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return [line.partition(" install ")[2].replace(f"{self.folder}", "ROOT") for line in lines]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


LLMPREP = "--no-deps --no-build-isolation --editable ROOT"
DEV = "--require-hashes --requirement ROOT/scripts/locks/dev.txt"
RUN, BUILD = DEV.replace("dev", "run"), DEV.replace("dev", "build")
FRAMEWORKS = "--constraint ROOT/scripts/locks/frameworks.txt --no-build-isolation --editable ROOT[frameworks]"
NEWEST = "--upgrade --upgrade-strategy eager --editable ROOT[dev]"


@pytest.mark.parametrize(("wanted", "installed"), [
    ("", [RUN, BUILD, LLMPREP]),
    ("[dev]", [DEV, LLMPREP]),
    ("[dev,frameworks]", [DEV, LLMPREP, FRAMEWORKS]),
    ("newest", [NEWEST]),
])  # fmt: skip
def test_what_is_installed_is_locked(root: Root, wanted: str, installed: list[str]) -> None:
    """By hash before llmprep, which then brings nothing along; the newest releases are looked for without a lock."""
    root.prepare(wanted)
    assert root.installed() == installed


@pytest.mark.parametrize("changed", ["pyproject.toml", "scripts/locks/dev.txt", "scripts/locks/run.txt"])
@pytest.mark.parametrize("wanted", ["", "[dev]", "[dev,frameworks]"])
def test_it_is_done_once(root: Root, wanted: str, changed: str) -> None:
    """What is there is not made again, until what it is made of changes."""
    root.prepare(wanted)
    assert root.installed()
    assert root.prepare(wanted) == ""
    assert root.installed() == []
    later = (root.folder / ".venv" / f".prepared{wanted}").stat().st_mtime + 0.05
    os.utime(root.folder / changed, (later, later))
    root.prepare(wanted)
    assert root.installed()
    root.prepare(wanted)
    assert root.installed() == []


def test_the_newest_releases_are_looked_for_each_time(root: Root) -> None:
    """There is no telling from here whether there are newer ones."""
    root.prepare("newest")
    root.prepare("newest")
    assert root.installed() == [NEWEST, NEWEST]


def test_what_serves_the_tests_serves_llmprep(root: Root) -> None:
    """It is not installed again to run llmprep; if the locks change, it is renewed with all that the tests need."""
    root.prepare("[dev]")
    root.installed()
    root.prepare("")
    assert root.installed() == []
    later = (root.folder / ".venv" / ".prepared[dev]").stat().st_mtime + 0.05
    os.utime(root.locks / "dev.txt", (later, later))
    root.prepare("")
    assert root.installed() == [DEV, LLMPREP]
    root.prepare("[dev]")
    assert root.installed() == []


def test_what_changes_while_it_is_installed_counts(root: Root) -> None:
    """A change made meanwhile may have come too late: the next run installs again."""
    process = root.start()
    while not root.notes.exists():
        time.sleep(0.01)
    (root.locks / "dev.txt").touch()
    process.communicate(timeout=60)
    root.installed()
    root.prepare()
    assert root.installed() == [DEV, LLMPREP]


def test_progress_is_shown(root: Root) -> None:
    """The first run says what it does, step by step, in both languages."""
    told = root.prepare()
    assert "Setting up .venv" in told
    assert "正在准备 .venv" in told
    assert [line.split()[0] for line in told.splitlines()[1:]] == ["1/3", "2/3", "3/3"]
    assert "scripts/locks/dev.txt" in told


def test_a_terminal_sees_what_pip_does(root: Root) -> None:
    """In a terminal the installer's latest line is shown while it works."""
    code = f'root="{root.folder}"; . "{SCRIPT}"; prepare "[dev]"'
    told, status = pexpect.run(f"bash -c '{code}'", env=root.environment, withexitstatus=True, encoding="utf-8")
    assert status == Exit.YES
    assert told.count("Collecting something") == 2


def test_a_failure_names_its_remedy(root: Root) -> None:
    """What the installer said, and what to do, in both languages; the next run begins anew."""
    failing = root.notes.with_name("notes.fail")
    failing.touch()
    told = root.prepare(code=Exit.ENVIRONMENT)
    assert "ERROR: no network" in told
    assert "Check the network, then run this again." in told
    assert "请检查网络后重试" in told
    failing.unlink()
    root.installed()
    root.prepare()
    assert root.installed() == [DEV, LLMPREP]


def test_what_an_interrupted_run_left_is_not_trusted(root: Root) -> None:
    """A folder that was being made is made anew."""
    half = root.folder / ".venv"
    (half / "bin").mkdir(parents=True)
    (half / ".preparing").touch()
    (half / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (half / "bin" / "python").chmod(0o755)
    root.prepare()
    assert not (half / ".preparing").exists()
    assert root.installed() == [DEV, LLMPREP]


@pytest.mark.skipif(shutil.which("flock") is None, reason="no flock to wait with")
def test_two_at_once_install_once(root: Root) -> None:
    """The second waits for the first, and finds its work done."""
    started = [root.start(), root.start()]
    told = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    assert root.installed() == [DEV, LLMPREP]
