"""How many submissions a second are graded, beside one `multiprocessing.Process` for each, and in how much memory.

The yardstick is how human-eval's harness goes about it: as many threads as there are cores, each starting a process for
a submission, waiting for it and reading what it put into a shared list. It confines nothing and explains nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import statistics
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
SUBMISSION = """# llmprep: foundations/softmax
# number {number}
import numpy as np


def softmax(x):
    exponentials = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)
"""
CASES = 20
ROUNDS, OURS, THEIRS = 3, 2000, 40
FEW, MANY, PEOPLE = 500, 5000, 40
BUDGETS = {"spawn": 15.0, "fork": 4.0}


def make_submissions(folder: Path, number: int) -> Path:
    """A folder of so many right submissions, no two of the same text, from a class of forty people."""
    for each in range(number):
        file = folder / f"person{each % PEOPLE}" / f"s{each}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SUBMISSION.format(number=each), encoding="utf-8")
    return folder


def make_bank(folder: Path) -> Path:
    """A bank of one exercise: softmax, with twenty cases."""
    shutil.copytree(HERE / "softmax", folder)
    shutil.copy(HERE.parent / "bank" / "topics.yaml", folder)
    return folder


def grade_alone(source: str, seed: int, results: list[bool]) -> None:
    """What the yardstick's process does: make the cases, run the submission, compare."""
    import numpy as np

    namespace: dict[str, object] = {}
    exec(source, namespace)
    submitted = namespace["softmax"]
    rng = np.random.default_rng(seed)
    right = True
    for rows in range(1, CASES + 1):
        x = rng.normal(size=(rows, 5)) * 10
        shifted = np.exp(x - x.max(axis=-1, keepdims=True))
        right &= np.allclose(submitted(x), shifted / shifted.sum(axis=-1, keepdims=True))  # type: ignore[operator]
    results.append(right)


def one_process_each(sources: Sequence[str], method: str) -> float:
    """Submissions a second, a process for each."""
    context = multiprocessing.get_context(method)
    begun = time.perf_counter()
    with context.Manager() as manager, ThreadPoolExecutor(os.cpu_count()) as pool:

        def grade(source: str) -> bool:
            results = manager.list()
            process = context.Process(target=grade_alone, args=(source, 0, results))
            process.start()
            process.join(timeout=60)
            return bool(results[0])

        assert all(pool.map(grade, sources))
        return len(sources) / (time.perf_counter() - begun)


class Watched:
    """A command that runs, and what memory its own process holds meanwhile."""

    def __init__(self, command: list[str], environment: dict[str, str], output: Path) -> None:
        """Run it to its end."""
        self.resident: list[int] = []
        begun = time.perf_counter()
        with output.open("wb") as file:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL
            )
            over = threading.Event()
            watcher = threading.Thread(target=self._watch, args=(process.pid, over))
            watcher.start()
            code = process.wait()
            over.set()
            watcher.join()
        self.seconds = time.perf_counter() - begun
        assert code == 0, output.read_text(encoding="utf-8")[-500:]

    def _watch(self, pid: int, over: threading.Event) -> None:
        while not over.wait(0.1):
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            except OSError:
                return
            self.resident.append(pages * os.sysconf("SC_PAGE_SIZE"))


def print_rates(llmprep: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Rates taken in turn, and their ratios turn by turn; then memory over a few and over many."""
    bank, output = make_bank(folder / "bank"), folder / "output"
    command = [*llmprep, "check", "--bank", str(bank), "--exercise", "foundations/softmax"]
    ours = make_submissions(folder / "ours", OURS)
    sources = [SUBMISSION.format(number=number) for number in range(THEIRS)]
    rates: dict[str, list[float]] = {"llmprep": [], "spawn": [], "fork": []}
    for _ in range(ROUNDS):
        rates["llmprep"].append(OURS / Watched([*command, str(ours)], environment, output).seconds)
        for method in ("spawn", "fork"):
            rates[method].append(one_process_each(sources, method))
    print(f"\n{'submissions of a 20-case softmax':46}{'a second':>10}{'ratio':>8}{'budget':>8}")
    print(f"{'llmprep check FOLDER':46}{statistics.median(rates['llmprep']):10.0f}")
    for method in ("spawn", "fork"):
        ratio = statistics.median(one / other for one, other in zip(rates["llmprep"], rates[method], strict=True))
        name = f"one multiprocessing.Process each, {method}"
        print(f"{name:46}{statistics.median(rates[method]):10.0f}{ratio:8.1f}{BUDGETS[method]:8.1f}", flush=True)
    print(f"\n{'memory of llmprep check FOLDER':46}{'MiB':>10}")
    for number in (FEW, MANY):
        files = make_submissions(folder / f"files{number}", number)
        peak = max(Watched([*command, str(files)], environment, output).resident)
        print(f"{f'{number} submissions, at most':46}{peak / 2**20:10.1f}", flush=True)
