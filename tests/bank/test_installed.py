"""The promises of exercises through the installed command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from llmprep.errors import Exit

if TYPE_CHECKING:
    from llmprep.bank import Bank
    from llmprep.model import Exercise

EXERCISE = "compression/magnitude-prune"
COMMAND = Path(sys.executable).with_name("llmprep")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"LLMPREP_HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [COMMAND, *arguments], env=environment, cwd=home, capture_output=True, text=True, check=False, timeout=120
    )


def checked(home: Path, source: str, name: str) -> tuple[int, dict[str, Any]]:
    path = home / f"{name}.py"
    path.write_text(f"# llmprep: {EXERCISE}\n{source}", encoding="utf-8")
    done = run(home, "check", str(path), "--json")
    return done.returncode, json.loads(done.stdout)


def test_the_reference_exits_well(bank: Bank, home: Path) -> None:
    """The reference is accepted, with exit code 0."""
    code, report = checked(home, bank.exercise(EXERCISE).reference, "reference")
    assert (code, report["verdict"], report["score"], report["mistake"]) == (Exit.YES, "accepted", 1, None)


def test_the_starter_as_written_is_refused(home: Path) -> None:
    """What `start` writes names its exercise, and fails."""
    assert run(home, "start", EXERCISE, "--output", "started.py").returncode == Exit.YES
    done = run(home, "check", "started.py", "--json")
    assert done.returncode == Exit.NO
    assert json.loads(done.stdout)["exercise"] == EXERCISE


def test_every_mistake_is_named_with_its_hint(bank: Bank, home: Path) -> None:
    """Each mistake fails with exit code 1, its id and its own hint."""
    exercise = bank.exercise(EXERCISE)
    for mistake in exercise.mistakes:
        code, report = checked(home, mistake.code, mistake.id)
        assert code == Exit.NO
        assert report["mistake"] == {"id": mistake.id, "hint": mistake.hint.en}


def test_validate_proves_a_suite_when_asked(bank: Bank, home: Path) -> None:
    """`validate --deep` tells how many mutants and impostors a suite refuses, and that nothing is wrong with it."""
    done = run(home, "validate", "--deep", "--json", str(bank.item(EXERCISE).path))
    told = json.loads(done.stdout)
    assert (done.returncode, told["problems"]) == (Exit.YES, [])
    (proof,) = told["proofs"]
    assert (proof["exercise"], proof["survivors"]) == (EXERCISE, [])
    assert proof["killed"] + proof["listed"] == proof["mutants"] > 50
    assert proof["impostors"] > 10


def test_promises_are_kept_through_the_command(drawn: list[Exercise], home: Path) -> None:
    """In one run over a folder: references accepted, starters refused, mistakes named with their hints."""
    folder = home / "all"
    folder.mkdir()
    wanted: dict[str, tuple[str, str | None]] = {}
    for exercise in drawn[:3]:
        sources = {"reference": exercise.reference, "starter": exercise.starter}
        sources |= {mistake.id: mistake.code for mistake in exercise.mistakes}
        hints = {mistake.id: mistake.hint.en for mistake in exercise.mistakes}
        for role, source in sources.items():
            name = f"{exercise.slug}--{role}.py"
            (folder / name).write_text(f"# llmprep: {exercise.id}\n{source}", encoding="utf-8")
            wanted[name] = (role, hints.get(role))
    environment = {"LLMPREP_HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [COMMAND, "check", str(folder), "--no-fresh", "--format", "json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    reports = {Path(report["file"]).name: report for report in json.loads(done.stdout)["reports"]}
    assert reports.keys() == wanted.keys()
    told = {}
    for name, (role, hint) in wanted.items():
        report = reports[name]
        right = report["accepted"] if role == "reference" else not report["accepted"]
        named = hint is None or (report["mistake"] or {}).get("hint") == hint
        if not (right and named):
            told[name] = (report["verdict"], report["mistake"])
    assert told == {}
    assert done.returncode == Exit.NO
