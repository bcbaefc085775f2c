"""Laws of `llmprep check --snippet`, held by the installed command."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from submitted import HEADER, RIGHT, SLEEPS, WRONG, Checker

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    return Checker(tmp_path)


def submit(checker: Checker, source: str, name: str = "my power.py") -> str:
    path = checker.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + source, encoding="utf-8")
    return name


def python(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, path], capture_output=True, text=True, cwd="/", check=False, timeout=60, encoding="utf-8"
    )


@pytest.mark.parametrize(("name", "target"), [("my power.py", "case.py"), ("sub/it-1.txt", "case.py")])
def test_a_snippet_runs_beside_the_submission(checker: Checker, name: str, target: str) -> None:
    """It runs from anywhere, prints what the report says was got, and exits as the check does without it."""
    file = submit(checker, WRONG, name)
    code, out, err = checker.run(file, "--snippet", target, "--lang", "en", "--json")
    failure = json.loads(out)["first_failure"]
    assert code == 1
    assert "Wrote case.py. To see the failing case: python case.py" in err
    done = python(checker.folder / target)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"got: {failure['got']}\n"
    assert f"# expected: {failure['expected']}\n" in (checker.folder / target).read_text(encoding="utf-8")
    assert not list(checker.folder.glob(".case*"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_in_a_report_writes_the_snippet(checker: Checker, lang: str) -> None:
    """The report holds no snippet but one line with its command, unbroken at any width; pasted, it does so."""
    file = submit(checker, WRONG)
    checker.environ["COLUMNS"] = "40"
    _, out, _ = checker.run(file, "--lang", lang, "--plain")
    assert "submission[" not in out
    (line,) = [line for line in out.splitlines() if "--snippet" in line]
    command = shlex.split(line[line.index("llmprep check") :])
    assert command[-2:] == ["--snippet", "failing_case.py"]
    assert checker.run(*command[2:], "--lang", lang)[0] == 1
    written = (checker.folder / "failing_case.py").read_text(encoding="utf-8")
    done = python(checker.folder / "failing_case.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith({"en": "got: ", "zh": "实际: "}[lang])
    same = json.loads(checker.run(file, "--lang", lang, "--json")[1])["first_failure"]["snippet"]
    assert written.strip() == same.strip()


def test_a_file_of_ones_own_is_left_alone(checker: Checker) -> None:
    """A path that holds anything but an earlier snippet is refused before anything runs, and stays as it is."""
    file = submit(checker, WRONG)
    own = checker.folder / "own.py"
    own.write_text("x = 1\n", encoding="utf-8")
    (checker.folder / "empty").touch()
    for target in ("own.py", file, "empty", "."):
        code, out, err = checker.run(file, "--snippet", target, "--lang", "en")
        assert (code, out) == (2, ""), target
        assert target in err
    assert own.read_text(encoding="utf-8") == "x = 1\n"
    code, _, err = checker.run(file, "--snippet", "nowhere/case.py", "--lang", "en")
    assert code == 5
    assert "--snippet" in err
    for _ in range(2):
        assert checker.run(file, "--snippet", "case.py")[0] == 1


def test_a_path_that_leads_nowhere(checker: Checker) -> None:
    """A link to nothing, or to itself, writes nothing elsewhere; a name too long is told; all before anything runs."""
    file = submit(checker, WRONG)
    (checker.folder / "dangling").symlink_to(checker.folder / "elsewhere")
    (checker.folder / "loop").symlink_to("loop")
    for target, wanted in [("dangling", 2), ("loop", 2), ("a" * 300, 5)]:
        code, out, _ = checker.run(file, "--snippet", target, "--lang", "en")
        assert (code, out) == (wanted, ""), target
    assert not (checker.folder / "elsewhere").exists()


def test_nothing_to_reproduce(checker: Checker) -> None:
    """Accepted, or stopped outside of a case: nothing is written, that is said, and the exit code is as without."""
    for source, code, word in [(RIGHT, 0, "no failing case"), (SLEEPS.replace("1000", "1") + "def (", 1, "No single")]:
        file = submit(checker, source)
        got, _, err = checker.run(file, "--snippet", "case.py", "--lang", "en")
        assert got == code
        assert word in err
        assert not (checker.folder / "case.py").exists()


@pytest.mark.parametrize(("source", "printed"), [(WRONG, "got: "), (RIGHT, ""), ("def (", "")])
def test_the_readme_runs_a_snippet_if_there_is_one(checker: Checker, source: str, printed: str) -> None:
    """Its line runs this check's snippet: never an earlier one, and none where no single case failed."""
    lines = README.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("    rm ") and line.endswith("failing_case.py")]
    file = submit(checker, source, "affine_quantize.py")
    (checker.folder / "failing_case.py").write_text("# llmprep snippet: an earlier one\nprint('stale')\n")
    (checker.folder / "llmprep").write_text(f'#!/bin/sh\nshift\nexec {shlex.join(checker.arguments())} "$@"\n')
    (checker.folder / "llmprep").chmod(0o755)
    path = os.pathsep.join([str(checker.folder), str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-c", line.strip()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=checker.folder,
        env=checker.environ | {"PATH": path},
        timeout=60,
        check=False,
    )
    assert file in line
    assert done.stdout.splitlines()[-1].startswith(printed)
    assert ("\ngot: " in done.stdout) is bool(printed)
    assert "stale" not in done.stdout
    assert "No such file" not in done.stdout + done.stderr


def test_one_file_only(checker: Checker) -> None:
    """Many files, and JUnit, have no one case to reproduce: usage."""
    folder = checker.write(a=RIGHT, b=WRONG)
    for arguments in ([folder], [folder / "a.py", folder / "b.py"], [folder / "b.py", "--format", "junit"]):
        code, _, err = checker.run(*arguments, "--snippet", "case.py", "--lang", "en")
        assert code == 2
        assert "--snippet" in err


def test_a_batch_has_snippets_in_json(checker: Checker) -> None:
    """Each report of a batch has its first failing case's snippet."""
    folder = checker.write(a=RIGHT, b=WRONG)
    reports = json.loads(checker.run(folder, "--format", "json")[1])["reports"]
    assert reports[0]["first_failure"] is None
    source = reports[1]["first_failure"]["snippet"]
    (folder / "case.py").write_text(source, encoding="utf-8")
    assert python(folder / "case.py").stdout == f"got: {reports[1]['first_failure']['got']}\n"
