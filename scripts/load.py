"""Grades every submission whose verdict is known, round after round, while busy loops keep all cores from resting.

Known are the hostile ones of the tests, by the folder that they are in; the bank's references, starters and mistakes;
and the solutions and wrong submissions kept beside the tests. Several are graded at a time on each core, so that with
the busy loops the machine has four times as much to do as it has cores. Exit code 1 if a verdict was not the known one.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from llmprep.bank import Bank
from llmprep.cli.paths import bank_folder

ROOT = Path(__file__).resolve().parent.parent
LLMPREP = Path(sys.executable).with_name("llmprep")
REFUSED = "refused"
"""Any verdict but that it is right, or that we failed."""


def keep_busy() -> None:
    """Do nothing, as fast as possible."""
    while True:
        pass


def hostile() -> dict[Path, str]:
    """The hostile submissions, each with its verdict."""
    folder = ROOT / "tests" / "hostile"
    paths = [*folder.glob("*_*/*.py"), *folder.glob("accepted/*.py")]
    return {path: path.parent.name for path in sorted(paths)}


def ordinary(folder: Path) -> dict[Path, str]:
    """The bank's own submissions, written into a folder, and those kept beside the tests."""
    bank = Bank.open(bank_folder(), None)
    known = {}
    for summary in bank.summaries():
        if summary.kind != "exercise":
            continue
        exercise = bank.exercise(summary.id)
        sources = {"reference": exercise.reference, "starter": exercise.starter}
        sources |= {mistake.id: mistake.code for mistake in exercise.mistakes}
        for name, source in sources.items():
            path = folder / exercise.id / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# llmprep: {exercise.id}\n{source}", encoding="utf-8")
            known[path] = "accepted" if name == "reference" else REFUSED
        for kind, verdict in (("solutions", "accepted"), ("wrong", REFUSED)):
            for kept in sorted((ROOT / "tests" / "bank" / kind / exercise.id).glob("*.py")):
                path = folder / exercise.id / kind / kept.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"# llmprep: {exercise.id}\n{kept.read_text(encoding='utf-8')}", encoding="utf-8")
                known[path] = verdict
    return known


def changed(known: dict[Path, str], bank: Path, environment: dict[str, str]) -> list[str]:
    """Grade them all; those whose verdict is not the known one."""
    jobs = str(3 * (os.cpu_count() or 1))
    command = [str(LLMPREP), "check", "--bank", str(bank), "--json", "--jobs", jobs, *map(str, known)]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return [f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-300:]}"]
    reports = json.loads(done.stdout)["reports"]
    assert len(reports) == len(known)
    found = []
    for report in reports:
        verdict, wanted = report["verdict"], known[Path(report["file"])]
        as_known = verdict not in ("accepted", "judge_error") if wanted == REFUSED else verdict == wanted
        if not as_known:
            found.append(f"{report['file']}: {verdict}, not {wanted}")
    return found


def main() -> None:
    """Run the rounds, a line each."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    loops = [multiprocessing.Process(target=keep_busy, daemon=True) for _ in range(os.cpu_count() or 1)]
    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        environment = {**os.environ, "LLMPREP_HOME": str(Path(temporary, "home"))}
        hostile_ones, ordinary_ones = hostile(), ordinary(Path(temporary, "submissions"))
        total = len(hostile_ones) + len(ordinary_ones)
        print(f"{total} submissions, {len(loops)} busy loops, load of {4 * len(loops)} on {len(loops)} cores")
        for loop in loops:
            loop.start()
        for number in range(1, rounds + 1):
            begun = time.perf_counter()
            found = changed(hostile_ones, ROOT / "tests" / "hostile" / "bank", environment)
            found += changed(ordinary_ones, bank_folder(), environment)
            failed += len(found)
            seconds = time.perf_counter() - begun
            print(f"round {number}: {total - len(found)} as known, {len(found)} changed, {seconds:.0f} s", flush=True)
            for one in found:
                print(f"  ! {one}", flush=True)
        for loop in loops:
            loop.kill()
    if failed:
        sys.exit(f"{failed} verdicts changed")


if __name__ == "__main__":
    main()
