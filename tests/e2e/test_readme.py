"""README.md is true: its commands run on this bank as written, in an empty folder, and print what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text("utf-8")
SESSIONS = [
    (command, output)
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for command, output in re.findall(r"^\$ (llmprep .*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
EXAMPLES = [line.strip() for line in re.findall(r"^    (llmprep .*)$", PAGE, re.MULTILINE)]
ITEM = yaml.safe_load((ROOT / "bank/compression/affine-quantize.yaml").read_text("utf-8"))
MISTAKEN = next(one["code"] for one in ITEM["mistakes"] if one["id"] == "zero-point-before-rounding")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, but for the files that the page says are there: a class of two, a roster of three."""
    for person, source in (("ann", ITEM["reference"]), ("bob", MISTAKEN)):
        (tmp_path / "submissions" / person).mkdir(parents=True)
        (tmp_path / "submissions" / person / "affine_quantize.py").write_text(source, "utf-8")
    (tmp_path / "class.csv").write_text("name\nann\nbob\nchen\n", "utf-8")
    (tmp_path / "bank").symlink_to(ROOT / "bank")
    return tmp_path


def ran(command: str, folder: Path) -> tuple[int, str, str]:
    """Run a command of the page in the folder, at a terminal's width; a session gets no answers."""
    words = command.split()[1:]
    if words[0] == "quiz":
        words += ["--answers", "-"]
    environ = os.environ | {"LLMPREP_HOME": str(folder / "home"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
    done = subprocess.run(
        [Path(sys.executable).with_name("llmprep"), *words, "--lang", "en"],
        capture_output=True, text=True, encoding="utf-8", env=environ, cwd=folder, input="", check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def session(begin: str, *, place: int = 0) -> tuple[str, list[str]]:
    """A command of the page that begins so, with the output that the page shows."""
    command, output = [one for one in SESSIONS if one[0].startswith(begin)][place]
    return command, output.rstrip().splitlines()


def timeless(lines: list[str]) -> list[str]:
    """Lines without the times that differ from run to run."""
    return [re.sub(r"[\d.]+ ms", "? ms", line) for line in lines]


def test_day_one_and_day_two(folder: Path) -> None:
    """Start, a known mistake and an accepted solution print what the page shows."""
    command, shown = session("llmprep start")
    assert ran(command, folder)[2].splitlines() == shown
    file = folder / "affine_quantize.py"
    head = file.read_text("utf-8").splitlines()[0]
    for place, (source, code) in enumerate([(MISTAKEN, 1), (ITEM["reference"], 0)]):
        file.write_text(f"{head}\n{source}", "utf-8")
        command, shown = session("llmprep check affine_quantize.py", place=place)
        status, printed, _ = ran(command, folder)
        assert status == code
        assert timeless(printed.rstrip().splitlines()) == timeless(shown)


def test_a_class(folder: Path) -> None:
    """A class with an absent person prints what the page shows, but for what the page leaves out."""
    command, shown = session("llmprep check submissions/")
    code, printed, _ = ran(command, folder)
    assert code == 1
    assert set(shown) - {"…"} <= set(printed.splitlines())


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(folder: Path, example: str) -> None:
    """Each command that stands on a line of its own runs as written, on what the page says is there."""
    command = re.split(r" {2,}", example)[0]
    if "--watch" in command:
        command = command.replace(" --watch", "")
    if " affine_quantize.py" in command:
        (folder / "affine_quantize.py").write_text(ITEM["reference"], "utf-8")
    code, printed, said = ran(command, folder)
    assert code == (1 if "submissions/" in command else 0), said
    assert printed or said
