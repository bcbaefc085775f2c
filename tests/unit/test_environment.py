"""`scripts/environment` sets up once, whoever asks and whatever an interrupted run left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "environment"
PYTHON = """#!/usr/bin/env bash
# Stands for Python: new enough, makes an environment, and notes each installation, which takes a moment.
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") echo install >>"$NOTES" && sleep 0.3 ;;
esac
"""
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


class Root:
    """A project that is nothing but its pyproject.toml."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, folder / "notes"
        (folder / "pyproject.toml").touch()
        python = folder / "fake-python"
        python.write_text(PYTHON, encoding="utf-8")
        python.chmod(0o755)
        self.environment = {**os.environ, "PYTHON": str(python), "NOTES": str(self.notes)}

    def start(self) -> subprocess.Popen[bytes]:
        """Begin to prepare."""
        code = f'set -euo pipefail; root="{self.folder}"; . "{SCRIPT}"; prepare "[dev]"; "$bin/python" -c pass'
        return subprocess.Popen(["bash", "-c", code], env=self.environment, stderr=subprocess.DEVNULL)

    def prepare(self) -> None:
        """Prepare, to the end."""
        assert self.start().wait(timeout=60) == 0

    @property
    def installations(self) -> int:
        """How often something was installed."""
        return self.notes.read_text(encoding="utf-8").count("install") if self.notes.exists() else 0


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


def test_it_is_done_once(root: Root) -> None:
    """What is there is not made again, until pyproject.toml changes."""
    root.prepare()
    root.prepare()
    assert root.installations == 1
    stamp = (root.folder / ".venv" / ".prepared[dev]").stat().st_mtime
    os.utime(root.folder / "pyproject.toml", (stamp + 5, stamp + 5))
    root.prepare()
    assert root.installations == 2


def test_what_an_interrupted_run_left_is_not_trusted(root: Root) -> None:
    """A folder that was being made is made anew."""
    half = root.folder / ".venv"
    (half / "bin").mkdir(parents=True)
    (half / ".preparing").touch()
    (half / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (half / "bin" / "python").chmod(0o755)
    root.prepare()
    assert not (half / ".preparing").exists()
    assert root.installations == 1


@pytest.mark.skipif(shutil.which("flock") is None, reason="no flock to wait with")
def test_two_at_once_install_once(root: Root) -> None:
    """The second waits for the first, and finds its work done."""
    started = [root.start(), root.start()]
    assert [process.wait(timeout=60) for process in started] == [0, 0]
    assert root.installations == 1
