"""Runs `llmprep check` as it is installed, on submissions to a small bank's `mini/power`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LLMPREP = str(Path(sys.executable).with_name("llmprep"))
BANK = Path(__file__).parents[1] / "hostile" / "bank"

HEADER = "# llmprep: mini/power\n"
RIGHT = """def power(base, exponent):
    if exponent < 0:
        raise ValueError("negative exponent")
    return base**exponent
"""
WRONG = RIGHT.replace("base**exponent", "base * exponent")
SLEEPS = "import time\n\n\ndef power(base, exponent):\n    time.sleep(1000)\n"
FLOODS = 'def power(base, exponent):\n    while True:\n        print("x" * 10000)\n'


class Checker:
    """The installed command in a folder of its own."""

    def __init__(self, folder: Path, bank: Path = BANK) -> None:
        self.folder, self.bank = folder, bank
        self.environ = os.environ | {
            "LLMPREP_HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "TERM": "xterm-256color",
        }

    def arguments(self, *more: object) -> list[str]:
        """The command line."""
        return [LLMPREP, "check", *map(str, more), "--bank", str(self.bank)]

    def run(self, *more: object) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        done = subprocess.run(
            self.arguments(*more),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environ,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        assert "Traceback (most recent call last)" not in done.stdout + done.stderr
        assert not (self.folder / "home" / "crashes").exists()
        return done.returncode, done.stdout, done.stderr

    def write(self, **sources: str) -> Path:
        """A folder of submissions to `mini/power`, by their names."""
        folder = self.folder / "submissions"
        for name, source in sources.items():
            path = folder / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEADER + source, encoding="utf-8")
        return folder

    def own_bank(self) -> Path:
        """A copy of the bank that may be spoilt."""
        self.bank = Path(shutil.copytree(BANK, self.folder / "bank"))
        return self.bank
