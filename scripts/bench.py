"""Whole-process times of commands beside their yardsticks, taken in turn so that a slow moment hits both.

A figure is the median over the runs; a ratio is the median of the ratios run by run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_many import print_rates

BIN = Path(sys.executable).parent
LLMPREP = str(BIN / "llmprep")
MINIMAL_APP = """
import typer
app = typer.Typer()
@app.command()
def one(name: str = "x"):
    "Do one thing."
@app.command()
def two(name: str = "x"):
    "Do another."
app()
"""
EXERCISE = "compression/affine-quantize"


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
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {**os.environ, "LLMPREP_HOME": str(home / "home"), "COLUMNS": "100"}
        app = home / "app.py"
        app.write_text(MINIMAL_APP, encoding="utf-8")
        solution = home / "solution.py"
        reference = (
            "from llmprep.bank import Bank; from llmprep.cli.paths import bank_folder; "
            f"print(Bank.open(bank_folder(), None).exercise({EXERCISE!r}).reference)"
        )
        text = subprocess.run([sys.executable, "-c", reference], capture_output=True, text=True, check=True).stdout
        solution.write_text(f"# llmprep: {EXERCISE}\n{text}", encoding="utf-8")
        python, typer_help = [sys.executable], [sys.executable, str(app), "--help"]
        typer_empty, numpy = [sys.executable, str(app), "one"], [*python, "-c", "import numpy"]
        quiz = [LLMPREP, "quiz", "--topic", "compression", "--mode", "recall", "--new", "--answers", "-", "--json"]
        rows = [
            ("llmprep --help", [LLMPREP, "--help"], "typer app --help", typer_help, 1.2),
            ("llmprep show ITEM", [LLMPREP, "show", "compression/methods"], "typer app, empty", typer_empty, 2.0),
            ("llmprep quiz, first question", quiz, "typer app, empty", typer_empty, 2.0),
            ("llmprep check, warm", [LLMPREP, "check", str(solution)], "import numpy", numpy, 2.0),
        ]
        print(f"{'what':30}{'ms':>7}   {'yardstick':20}{'ms':>7}{'ratio':>8}{'budget':>8}")
        for name, command, yardstick_name, yardstick, budget in rows:
            ours_of = seconds_to_first_line if command is quiz else seconds
            ours_of(command, environment)
            pairs = [(ours_of(command, environment), seconds(yardstick, environment)) for _ in range(runs)]
            ours, theirs = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            mark = "" if ratio <= budget else "  over"
            print(f"{name:30}{ours:7.0f}   {yardstick_name:20}{theirs:7.0f}{ratio:8.2f}{budget:8.1f}{mark}", flush=True)
        print_rates(LLMPREP, home, environment)


if __name__ == "__main__":
    main()
