"""Whole-process times of commands beside their yardsticks, taken in turn so that a slow moment hits both.

    scripts/bench [RUNS]                this checkout, and many submissions
    scripts/bench [RUNS] --of FOLDER    the commands of another checkout, in this one's environment

A figure is the median over the runs; a ratio is the median of the ratios run by run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_many import print_rates

ROOT = Path(__file__).resolve().parent.parent
LLMPREP = [sys.executable, "-m", "llmprep"]
EXERCISE = "compression/affine-quantize"
HELP, SHOW, QUIZ = 2.80, 2.02, 1.44
"""Budgets: what each took before packages were moved (commit 51699b7), by the same yardstick on one machine."""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """How long a command takes, from start to exit; its output is read and thrown away."""
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    taken = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command)} exited with {done.returncode}:\n{done.stderr.decode()}")
    return taken


def seconds_to_first_line(command: list[str], environment: dict[str, str]) -> float:
    """How long a command that then waits for input takes until its first line of output."""
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - begun
        process.kill()
    if not line:
        sys.exit(f"{' '.join(command)} said nothing")
    return taken


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("runs", type=int, nargs="?", default=21)
    parser.add_argument("--of", type=Path, default=ROOT, metavar="FOLDER")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = str(chosen.of.resolve() / "src")
        environment = {**os.environ, "LLMPREP_HOME": str(home / "home"), "COLUMNS": "100", "PYTHONPATH": source}
        # Start-up is measured with compiled modules, as it is in daily use.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        solution = home / "solution.py"
        reference = (
            "from llmprep.bank import Bank; from llmprep.cli.paths import bank_folder; "
            f"print(Bank.open(bank_folder(), None).exercise({EXERCISE!r}).reference)"
        )
        python = [sys.executable, "-c"]
        text = subprocess.run([*python, reference], env=environment, capture_output=True, text=True, check=True).stdout
        solution.write_text(f"# llmprep: {EXERCISE}\n{text}", encoding="utf-8")
        rich, numpy = [*python, "import rich.console"], [*python, "import numpy"]
        quiz = [*LLMPREP, "quiz", "--topic", "compression", "--mode", "recall", "--new", "--answers", "-", "--json"]
        rows = [
            ("llmprep --help", [*LLMPREP, "--help"], "import rich.console", rich, HELP),
            ("llmprep show ITEM", [*LLMPREP, "show", "compression/methods"], "import rich.console", rich, SHOW),
            ("llmprep quiz, first question", quiz, "import rich.console", rich, QUIZ),
            ("llmprep check, warm", [*LLMPREP, "check", str(solution)], "import numpy", numpy, 2.0),
        ]
        print(f"{'what':30}{'ms':>7}   {'yardstick':20}{'ms':>7}{'ratio':>8}{'budget':>8}")
        for name, command, yardstick_name, yardstick, budget in rows:
            ours_of = seconds_to_first_line if command is quiz else seconds
            ours_of(command, environment)
            pairs = [(ours_of(command, environment), seconds(yardstick, environment)) for _ in range(chosen.runs)]
            ours, theirs = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            mark = "" if ratio <= budget else "  over"
            print(f"{name:30}{ours:7.0f}   {yardstick_name:20}{theirs:7.0f}{ratio:8.2f}{budget:8.1f}{mark}", flush=True)
        if chosen.of == ROOT:
            print_rates(LLMPREP, home, environment)


if __name__ == "__main__":
    main()
