"""Commands that are printed to go on with mean the bank that was named, and run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from submitted import HEADER, LLMPREP, RIGHT, WRONG, Checker

GOLDEN = Path(__file__).parents[1] / "golden" / "bank"
COMMAND = re.compile(r"llmprep (?:start|hint|show|check) [^\n]*?--bank '[^']*'(?: --\w+)*(?: \w+\.py)?")
ANY = re.compile(r"llmprep (?:start|hint|show|check|quiz --)")


class Shell:
    """The installed command on a bank whose name needs quotes, and is no Markdown."""

    def __init__(self, folder: Path, bank: Path) -> None:
        self.checker = Checker(folder, Path(shutil.copytree(bank, folder / "my *own* bank")))
        self.folder = folder

    def run(self, *words: str) -> str:
        """What it prints."""
        done = subprocess.run(
            [LLMPREP, *words, "--bank", self.checker.bank.name, "--lang", "en"],
            capture_output=True, text=True, encoding="utf-8", cwd=self.folder, check=False, timeout=120,
            env=self.checker.environ, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        return done.stdout + done.stderr

    def named(self, *words: str) -> set[str]:
        """The commands it names, all of which have been run."""
        told = self.run(*words)
        commands = COMMAND.findall(told)
        assert len(commands) == len(ANY.findall(told)) > 0, told
        for command in commands:
            _, *arguments = shlex.split(command)
            assert arguments[arguments.index("--bank") + 1] == self.checker.bank.name
            done = subprocess.run(
                [LLMPREP, *arguments],
                capture_output=True, cwd=self.folder, check=False, timeout=120, env=self.checker.environ,
            )  # fmt: skip
            assert done.returncode in (0, 1), (command, done.stderr)
        return {" ".join(shlex.split(command)[1:3]) for command in commands}


def test_show_hint_and_quiz(tmp_path: Path) -> None:
    """An item's foot, the next hint and the end of a session."""
    shell = Shell(tmp_path, GOLDEN)
    exercise = {"start alpha/round-half", "hint alpha/round-half", "show alpha/round-half"}
    assert shell.named("show", "round-half") == exercise
    assert shell.named("show", "levels") == {"show alpha/levels"}
    assert shell.named("hint", "round-half", "--step", "1") == {"hint alpha/round-half"}
    (tmp_path / "round_half.py").unlink()
    assert shell.named("start", "round-half") == {"check round_half.py"}
    (tmp_path / "round_half.py").unlink()
    (tmp_path / "answers").write_text('{"item": "alpha/levels", "rating": "again"}\n', encoding="utf-8")
    assert shell.named("quiz", "--answers", "answers") == {"show alpha/levels", "start alpha/round-half"}


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (RIGHT, {"check mine.py", "show mini/power", "start mini/reverse"}),
        (WRONG, {"check mine.py", "hint mini/power"}),
    ],
)
def test_check(tmp_path: Path, source: str, named: set[str]) -> None:
    """A report's end, whether it is accepted or not."""
    shell = Shell(tmp_path, Checker(tmp_path).bank)
    (tmp_path / "mine.py").write_text(HEADER + source, encoding="utf-8")
    assert shell.named("check", "mine.py") == named
