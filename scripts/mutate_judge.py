"""Mutation testing of the judge itself: comparing, decoding and the verdict.

cosmic-ray makes the mutants; a seeded sample of them is tried, each in a copy of the tree, by the tests named below.
Annotations are left alone, since nothing reads them as the code runs. Exit code 1 if fewer than nine in ten are
noticed. Every mutant that is not is printed, to be read: either a test is missing, or the change makes no difference.
An interrupted run of a commit goes on where it was.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("compare.py", "keys.py", "sandbox/codec.py", "checking/verdicts.py")
TESTS = (
    "tests/unit/test_compare.py",
    "tests/unit/checking/test_verdicts.py",
    "tests/unit/checking/test_submission_frames.py",
    "tests/property/test_compare_laws.py",
    "tests/property/test_wire.py",
    "tests/unit/checking/test_road.py",
)
LEAST_KILLED = 0.9
CONFIG = """
[cosmic-ray]
module-path = [{modules}]
timeout = 240.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:xdist -p no:cacheprovider {tests}"

[cosmic-ray.distributor]
name = "local"
"""


def copy_tree(folder: Path) -> None:
    """Copy what the tests need."""
    for name in ("src", "tests", "bank", "pyproject.toml"):
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "frameworks")
        shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
    modules = ", ".join(f'"src/llmprep/{name}"' for name in MODULES)
    config = CONFIG.format(modules=modules, python=sys.executable, tests=" ".join(TESTS))
    (folder / "mutants.toml").write_text(config, encoding="utf-8")


def run(folder: Path, *arguments: str) -> None:
    """Run cosmic-ray in a copy of the tree."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(Path(sys.executable).with_name("cosmic-ray")), *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True)


def annotations(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The places of a module's annotations: begin and end, each a line and a column."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in ("annotation", "returns"):
            one = getattr(node, name, None)
            if isinstance(one, ast.expr):
                found.append(((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0)))
    return found


def make_session(folder: Path, session: Path) -> list[str]:
    """Make all mutants of the modules; the ids of their jobs, in an order that depends on the code alone."""
    run(folder, "init", "mutants.toml", str(session))
    left_alone = {f"src/llmprep/{name}": annotations(ROOT / "src" / "llmprep" / name) for name in MODULES}
    jobs = []
    with use_db(session) as database:
        for item in database.work_items:
            (mutation,) = item.mutations
            places = left_alone[mutation.module_path.as_posix()]
            if not any(begin <= mutation.start_pos < end for begin, end in places):
                jobs.append((repr(mutation), item.job_id))
    return [job for _, job in sorted(jobs)]


def keep_only(session: Path, chosen: set[str]) -> None:
    """Leave only the chosen jobs of a session to be done."""
    with use_db(session) as database:
        for item in list(database.work_items):
            if item.job_id not in chosen:
                database.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def prepare(folders: list[Path], count: int, seed: int) -> None:
    """Copy the tree into each folder, with its share of the sample still to be tried."""
    for folder in folders:
        folder.mkdir(parents=True)
        copy_tree(folder)
    print("The tests must pass on the code as it is …", flush=True)
    run(folders[0], "baseline", "mutants.toml")
    whole = folders[0] / "whole.sqlite"
    jobs = make_session(folders[0], whole)
    sample = random.Random(seed).sample(jobs, min(count, len(jobs)))
    print(f"{len(sample)} of {len(jobs)} mutants", flush=True)
    for number, folder in enumerate(folders):
        shutil.copy(whole, folder / "part.sqlite")
        keep_only(folder / "part.sqlite", set(sample[number :: len(folders)]))
        (folder / "part.sqlite").rename(folder / "session.sqlite")


def outcomes(folders: list[Path]) -> tuple[int, list[str]]:
    """How many mutants were tried, and the differences of those that no test noticed."""
    tried, missed = 0, []
    for folder in folders:
        with use_db(folder / "session.sqlite") as database:
            for job, result in database.completed_work_items:
                if result.worker_outcome is not WorkerOutcome.SKIPPED:
                    tried += 1
                    if result.test_outcome is TestOutcome.SURVIVED:
                        missed.append((repr(job.mutations), str(result.diff)))
    return tried, [difference for _, difference in sorted(missed)]


def main() -> None:
    """Draw the sample, try it, and print what was not noticed."""
    parser = argparse.ArgumentParser(prog="scripts/mutate-judge")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    name = f"run-{head[:12]}-{chosen.seed}-{chosen.count}-{chosen.jobs}"
    folders = [Path(sys.prefix) / name / str(number) for number in range(chosen.jobs)]
    if not all((folder / "session.sqlite").exists() for folder in folders):
        shutil.rmtree(folders[0].parent, ignore_errors=True)
        prepare(folders, chosen.count, chosen.seed)
    with ThreadPoolExecutor(chosen.jobs) as pool:
        running = [pool.submit(run, folder, "exec", "mutants.toml", "session.sqlite") for folder in folders]
        while not all(one.done() for one in running):
            time.sleep(60)
            tried, missed = outcomes(folders)
            print(f"{tried} tried, {len(missed)} not noticed", flush=True)
    tried, missed = outcomes(folders)
    for difference in missed:
        print(f"\nnot noticed:\n{difference}")
    killed = tried - len(missed)
    print(f"{killed} of {tried} mutants noticed ({killed / tried:.1%})")
    sys.exit(killed < LEAST_KILLED * tried)


if __name__ == "__main__":
    main()
