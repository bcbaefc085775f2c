"""Mutation testing of the judge itself: comparing, decoding and the verdict.

cosmic-ray makes the mutants; a seeded sample of them is tried, each in a copy of the tree, by the tests named below.
Exit code 1 if fewer than nine in ten are noticed. Every mutant that is not is printed, to be read: either a test is
missing, or the change makes no difference.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
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


def keep_only(session: Path, chosen: set[str]) -> None:
    """Leave only the chosen jobs of a session to be done."""
    with use_db(session) as database:
        for item in list(database.work_items):
            if item.job_id not in chosen:
                database.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def main() -> None:
    """Draw the sample, try it, and print what was not noticed."""
    parser = argparse.ArgumentParser(prog="scripts/mutate-judge")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="llmprep-mutants-") as name:
        folders = [Path(name) / str(number) for number in range(chosen.jobs)]
        for folder in folders:
            folder.mkdir()
            copy_tree(folder)
        print("The tests pass on the code as it is:", flush=True)
        run(folders[0], "baseline", "mutants.toml")
        run(folders[0], "init", "mutants.toml", "session.sqlite")
        for folder in folders[1:]:
            shutil.copy(folders[0] / "session.sqlite", folder)
        with use_db(folders[0] / "session.sqlite") as database:
            # By what they are and not by their random job ids, so that a seed means the same mutants.
            items = sorted(database.work_items, key=lambda item: repr(item.mutations))
            jobs = [item.job_id for item in items]
        sample = random.Random(chosen.seed).sample(jobs, min(chosen.count, len(jobs)))
        for number, folder in enumerate(folders):
            keep_only(folder / "session.sqlite", set(sample[number :: chosen.jobs]))
        print(f"{len(sample)} of {len(jobs)} mutants; this takes a while.", flush=True)
        with ThreadPoolExecutor(chosen.jobs) as pool:
            list(pool.map(lambda folder: run(folder, "exec", "mutants.toml", "session.sqlite"), folders))
        killed, survivors = 0, []
        for folder in folders:
            with use_db(folder / "session.sqlite") as database:
                for job, result in database.completed_work_items:
                    if result.worker_outcome is WorkerOutcome.SKIPPED:
                        continue
                    killed += result.test_outcome is not TestOutcome.SURVIVED
                    if result.test_outcome is TestOutcome.SURVIVED:
                        survivors.append((repr(job.mutations), result.diff))
    for _, difference in sorted(survivors):
        print(f"\nnot noticed:\n{difference}")
    print(f"{killed} of {len(sample)} mutants noticed ({killed / len(sample):.1%})")
    sys.exit(killed < LEAST_KILLED * len(sample))


if __name__ == "__main__":
    main()
