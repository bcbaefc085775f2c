"""Laws of `llmprep doctor`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from submitted import LLMPREP

from llmprep.sandbox.layers import LAYERS

if TYPE_CHECKING:
    from pathlib import Path


def _doctor(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LLMPREP_HOME": str(home)}
    return subprocess.run([LLMPREP, "doctor", *arguments], capture_output=True, text=True, env=environment, check=False)


def test_it_says_what_stays_open(tmp_path: Path) -> None:
    """As data and in words."""
    data = json.loads(_doctor(tmp_path, "--json").stdout)
    assert set(data["layers"]) == set(LAYERS)
    assert "metadata" in data["open"]
    assert ("files" in data["open"]) is not data["layers"]["landlock"]
    assert "size, owner and times" in _doctor(tmp_path, "--lang", "en").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
def test_what_numerical_python_needs_can_be_imported_inside(tmp_path: Path) -> None:
    """A machine where it cannot falls short, and says so."""
    done = _doctor(tmp_path, "--json")
    data = json.loads(done.stdout)
    short = data["failing_modules"] or not all(data["layers"].values())
    assert done.returncode == (5 if short else 0)


def test_a_module_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    """With what helps."""
    script = (
        "import sys\nfrom llmprep.sandbox import probe\n"
        "probe.MODULES = ('math', 'no_such_module')\n"
        "from llmprep.__main__ import main\nsys.argv[1:] = ['doctor', '--lang', 'en']\nmain()"
    )
    environment = os.environ | {"LLMPREP_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 5
    assert "cannot import these modules here: no_such_module." in done.stderr
