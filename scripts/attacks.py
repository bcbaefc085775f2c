"""Checks hostile submissions one after the other in this process, and prints what each cost it, the dearest first.

The figure is the CPU time of this process, by the kernel's account, for all that a check does outside the worker:
reading the answers, comparing, explaining, telling it as text and as JSON in both languages, and what a log would keep.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from llmprep.bank import Bank
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import check
from llmprep.checking.source import named_exercise, read_source
from llmprep.cli.paths import bank_folder
from llmprep.messages.say import json_text
from llmprep.model import Language
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.verdict import Report, lean

HOSTILE = Path(__file__).resolve().parent.parent / "tests" / "hostile"


class Figures(NamedTuple):
    """What one attack cost."""

    own: float
    worker: float
    wall: float
    verdict: str
    name: str


def own_seconds() -> float:
    """CPU time of this process so far, its children not counted."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tell(report: Report, exercise: object, name: str) -> None:
    """Do with a report all that the command does."""
    checked = Checked(name, "llmprep check")
    for language in Language:
        json_text(report_json(report, exercise, language, checked))
        print_report(Console(file=io.StringIO(), width=100), report, exercise, language, checked)
    failure = report.first_failure
    json.dumps(lean((*report.findings, *(failure.findings if failure else ()))))


def measure(path: Path, banks: list[Bank], cache: Path) -> Figures:
    """Check one file whose first line names its exercise."""
    source = read_source(path)
    name = named_exercise(source)
    bank = next(one for one in banks if any(summary.id == name for summary in one.summaries()))
    exercise = bank.exercise(name)
    check(exercise, exercise.reference, JudgeOptions(cache))  # makes the cases
    begun, before = time.monotonic(), own_seconds()
    report = check(exercise, source, JudgeOptions(cache))
    tell(report, exercise, path.name)
    used, wall = own_seconds() - before, time.monotonic() - begun
    return Figures(used, report.cpu_seconds, wall, report.verdict.value, f"{path.parent.name}/{path.name}")


def main() -> None:
    """Measure the files named on the command line, or all of the tests."""
    sys.set_int_max_str_digits(10_000)  # as the command does
    paths = [Path(name) for name in sys.argv[1:]] or sorted(HOSTILE.glob("*/*.py"))
    banks = [Bank.open(HOSTILE / "bank", None), Bank.open(bank_folder(), None)]
    with tempfile.TemporaryDirectory() as cache:
        figures = sorted((measure(path, banks, Path(cache)) for path in paths), reverse=True)
    print(f"{'own CPU':>8} {'worker':>8} {'wall':>7}")
    for one in figures:
        print(f"{one.own:7.2f}s {one.worker:7.2f}s {one.wall:6.2f}s  {one.verdict:22} {one.name}")


if __name__ == "__main__":
    main()
