"""Laws of `llmprep check` of many submissions, held by the installed command."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from submitted import FLOODS, HEADER, RIGHT, SLEEPS, WRONG, Checker

if TYPE_CHECKING:
    from collections.abc import Callable

SYNTAX_ERROR = "def power(base, exponent)\n"


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    return Checker(tmp_path)


def test_every_file_gets_its_line(checker: Checker) -> None:
    """Whatever the others do, each file has a line of its own in order, then the table counts; exit 1."""
    folder = checker.write(**{"anna/a": RIGHT, "ben/b": SLEEPS, "cleo/c": FLOODS, "dora/d": WRONG, "eli": SYNTAX_ERROR})
    (folder / "x.py").mkdir()
    code, out, err = checker.run(folder, "--jobs", "3", "--lang", "en", "--plain")
    assert code == 1, err
    found = re.findall(r"^([✓✗]) (.+?)  \S*/submissions/(\S+)", out, re.MULTILINE)
    assert found == [
        ("✓", "Accepted", "anna/a.py"),
        ("✗", "Time limit exceeded", "ben/b.py"),
        ("✗", "Output limit exceeded", "cleo/c.py"),
        ("✗", "Wrong answer", "dora/d.py"),
        ("✗", "Invalid submission", "eli.py"),
        ("✗", "Nothing to grade", "x.py"),
    ]
    assert re.search(r"^x\.py +· +The folder is empty", out, re.MULTILINE)
    assert re.search(r"^anna +✓", out, re.MULTILINE)
    assert re.search(r"^dora +✗ \d+ %", out, re.MULTILINE)
    assert out.rstrip().endswith("1 of 6 people accepted.")
    assert "--seed " in err


def test_all_accepted_exits_0(checker: Checker) -> None:
    """A folder of right submissions exits 0, with one job and with more than there are files."""
    folder = checker.write(a=RIGHT, b=RIGHT, c=RIGHT)
    for jobs in ("1", "8"):
        code, out, _ = checker.run(folder, "--jobs", jobs, "--lang", "zh")
        assert code == 0
        assert "3 人中有 3 人全部通过" in out


def test_junit(checker: Checker) -> None:
    """JUnit is XML whose counts are those of its cases: one a file, a failure where it was not accepted."""
    folder = checker.write(a=RIGHT, b=WRONG, c='def power(base, exponent):\n    raise OSError("<&\\x1b\\0")\n')
    code, out, _ = checker.run(folder, "--format", "junit")
    assert code == 1
    root = ET.fromstring(out)
    suites = root.findall("testsuite")
    for each in (root, *suites):
        assert [each.get(count) for count in ("tests", "failures", "errors")] == ["3", "2", "0"]
    cases = {Path(case.get("name", "")).name: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {"a.py": [], "b.py": ["failure"], "c.py": ["failure"]}


def test_json_lists_every_file(checker: Checker) -> None:
    """JSON holds a whole report for each file, those that could not be graded too."""
    folder = checker.write(a=RIGHT, b=WRONG, c=SYNTAX_ERROR)
    (folder / "d.py").write_bytes(b"\xff\0")
    code, out, _ = checker.run(folder, "--format", "json")
    told = json.loads(out)
    assert (code, told["version"], told["kind"], told["accepted"], told["total"]) == (1, 1, "reports", 1, 4)
    found = {Path(report["file"]).name: report["verdict"] for report in told["reports"]}
    invalid = "invalid_submission"
    assert found == {"a.py": "accepted", "b.py": "wrong_answer", "c.py": invalid, "d.py": invalid}


def test_a_file_that_is_missing_has_its_line(checker: Checker) -> None:
    """Among many files, one that is not there is told in its place; the others are graded. All exit 1."""
    folder = checker.write(a=RIGHT, b=WRONG)
    code, out, err = checker.run(folder / "a.py", folder / "gone.py", folder / "b.py", "--lang", "en", "--plain")
    assert code == 1, err
    assert re.findall(r"^[✓✗] (.+?)  \S*/(\w+)\.py", out, re.MULTILINE) == [
        ("Accepted", "a"),
        ("Invalid submission", "gone"),
        ("Wrong answer", "b"),
    ]
    assert re.search(r"There is no file \S+/gone\.py", " ".join(out.split()))
    told = json.loads(checker.run(folder / "a.py", folder / "gone.py", "--format", "json")[1])
    assert [report["verdict"] for report in told["reports"]] == ["accepted", "invalid_submission"]
    for form in ("text", "json", "junit"):
        assert checker.run(folder / "gone.py", "--format", form)[:2] == (2, "")


@pytest.mark.parametrize(("lang", "words"), [("en", "is a link out of"), ("zh", "之外的链接")])
def test_a_link_out_of_the_folder_is_not_followed(checker: Checker, lang: str, words: str) -> None:
    """Nobody's submission is somebody's elsewhere, nor a file of the machine's, whatever the link goes through."""
    checker.write(**{"../elsewhere/right": RIGHT})
    folder = checker.write(**{"anna/real": RIGHT, "anna/v2/other": RIGHT})
    secret = checker.folder / "secret"
    secret.write_text("def power(token", encoding="utf-8")
    links = {
        "anna/inside.py": "real.py",
        "anna/v2/up.py": "../real.py",
        "ben/absolute.py": secret,
        "ben/relative.py": "../../elsewhere/right.py",
        "cleo/chain.py": "../ben/relative.py",
        "dora/folder.py": checker.folder / "elsewhere",
        "eli/itself.py": "itself.py",
        "flo/nowhere.py": "/nowhere/at/all",
    }
    for name, target in links.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(target)
    code, out, err = checker.run(folder, "--format", "json", "--lang", lang)
    told = {str(Path(one["file"]).relative_to(folder)): one for one in json.loads(out)["reports"]}
    assert code == 1
    assert {name for name, one in told.items() if one["accepted"]} == {
        "anna/inside.py", "anna/real.py", "anna/v2/other.py", "anna/v2/up.py",
    }  # fmt: skip
    refused = {name: one["findings"][0] for name, one in told.items() if not one["accepted"]}
    assert refused.keys() == links.keys() - {"anna/inside.py", "anna/v2/up.py"}
    for name in refused.keys() - {"eli/itself.py"}:
        assert refused[name]["key"] == "link_leads_out"
        assert words in refused[name]["message"]
    assert "token" not in out + err
    # A link that is named is no better than one that is found, unless it is all that is named: then it is one's own.
    out = checker.run(folder / "ben/relative.py", folder / "anna/real.py", "--format", "json")[1]
    assert [one["accepted"] for one in json.loads(out)["reports"]] == [False, True]
    assert checker.run(folder / "ben/relative.py")[0] == 0
    alias = checker.folder / "alias"
    alias.symlink_to(folder)
    again = json.loads(checker.run(alias, "--format", "json")[1])["reports"]
    assert [(one["person"], one["verdict"]) for one in again] == [
        (one["person"], one["verdict"]) for one in told.values()
    ]


@pytest.mark.parametrize(("lang", "words"), [("en", "--json and --format junit"), ("zh", "--json 与 --format junit")])
def test_json_is_not_junit(checker: Checker, lang: str, words: str) -> None:
    """Two forms at once cannot be had: usage. JSON asked for twice is JSON."""
    folder = checker.write(a=RIGHT)
    code, out, err = checker.run(folder, "--json", "--format", "junit", "--lang", lang)
    assert (code, out) == (2, "")
    assert words in err
    assert json.loads(checker.run(folder, "--json", "--format", "json")[1])["kind"] == "reports"


def test_a_seed_repeats_its_cases(checker: Checker) -> None:
    """A batch's cases are fresh each time; the seed that it tells draws them again."""
    wrong = RIGHT.replace("return base", "return (base + (base != 2)) ")
    folder = checker.write(a=wrong, b=RIGHT)

    def calls(*more: str) -> tuple[int, object]:
        told = json.loads(checker.run(folder, "--format", "json", *more)[1])
        return told["seed"], told["reports"][0]["first_failure"]["call"]

    first, second = calls(), calls()
    assert first[0] != second[0]
    assert calls("--seed", str(first[0])) == first
    assert calls("--seed", str(second[0])) == second


def test_one_file_for_junit_is_ones_own(checker: Checker) -> None:
    """A single file is graded on the fixed cases, and where a layer is missing, whatever form its report takes."""
    folder = checker.write(a=RIGHT)
    # This machine may have every layer: one that none has is asked for.
    lacking = (
        "import sys, llmprep.sandbox.layers as layers\nlayers.LAYERS = (*layers.LAYERS, 'moat')\n"
        "from llmprep.cli.errors import run\nsys.exit(run(sys.argv[1:]))\n"
    )

    def run(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", lacking, *checker.arguments(path, "--lang", "en", *more)[1:]]
        return subprocess.run(command, capture_output=True, text=True, env=checker.environ, check=False, timeout=60)

    own = run(folder / "a.py", "--format", "junit")
    assert (own.returncode, own.stderr) == (0, "")
    assert ET.fromstring(own.stdout).get("tests") == "1"
    assert len(list((checker.folder / "home" / "cache" / "suites").iterdir())) == 1
    strangers = run(folder, "--format", "junit")
    assert (strangers.returncode, strangers.stdout) == (5, "")
    assert "missing: moat" in strangers.stderr
    assert run(folder, "--allow-weaker").returncode == 0


def test_a_fault_of_the_bank_is_that_files_alone(checker: Checker) -> None:
    """An exercise that is invalid, or whose own code fails, is a judge error of its files; the others are graded."""
    bank = checker.own_bank() / "mini"
    folder = checker.write(a=RIGHT, b=RIGHT, c=RIGHT)
    (folder / "b.py").write_text("# llmprep: mini/shuffle\n", encoding="utf-8")
    (folder / "c.py").write_text("# llmprep: mini/softmax\n", encoding="utf-8")
    (bank / "shuffle.yaml").write_text("kind: exercise\n", encoding="utf-8")
    softmax = (bank / "softmax.yaml").read_text(encoding="utf-8")
    (bank / "softmax.yaml").write_text(
        re.sub(r"(def generate\(rng\):\n)( +)", r"\1\2raise OSError\n\2", softmax), encoding="utf-8"
    )
    code, out, err = checker.run(folder, "--format", "json", "--lang", "en")
    assert code == 1, err
    reports = json.loads(out)["reports"]
    assert [report["verdict"] for report in reports] == ["accepted", "judge_error", "judge_error"]
    assert "shuffle.yaml" in reports[1]["findings"][0]["message"]
    assert "llmprep validate" in reports[1]["findings"][0]["message"]
    assert re.search(r"softmax\.yaml, line \d+: .*OSError", reports[2]["findings"][0]["message"])
    root = ET.fromstring(checker.run(folder, "--format", "junit")[1])
    assert [root.get(count) for count in ("tests", "failures", "errors")] == ["3", "0", "2"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read(checker: Checker) -> None:
    """It is named in its person's row, and the others are graded."""
    folder = checker.write(a=RIGHT)
    (folder / "closed").mkdir(mode=0)
    code, out, _ = checker.run(folder, "--lang", "en")
    (folder / "closed").chmod(0o700)
    assert code == 1
    assert re.search(r"^closed .*Cannot read", out, re.MULTILINE)
    assert re.search(r"^a +✓", out, re.MULTILINE)


def children(pid: int) -> list[int]:
    """The processes that a process has begun and that still run."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def begin(checker: Checker, folder: Path, *more: str) -> tuple[subprocess.Popen[str], list[int]]:
    """A batch of two jobs, once both are at work, with its warm processes."""
    batch = subprocess.Popen(
        checker.arguments(folder, "-j", "2", "--lang", "en", *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=checker.environ,
    )
    wait_until(lambda: sum(bool(children(each)) for each in children(batch.pid)) == 2, batch)
    return batch, children(batch.pid)


def wait_until(reached: Callable[[], bool], batch: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        assert batch.poll() is None
        time.sleep(0.02)


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@linux
def test_an_interrupt_ends_a_batch_at_once(checker: Checker) -> None:
    """Ctrl-C waits for no submission, however many sleep, and leaves no process behind."""
    folder = checker.write(**{f"s{n}": SLEEPS for n in range(10)})
    batch, warm = begin(checker, folder)
    workers = [worker for each in warm for worker in children(each)]
    begun = time.monotonic()
    batch.send_signal(signal.SIGINT)
    _, err = batch.communicate(timeout=60)
    # What sleeps is given up after twice 6 seconds, and the ten of them after a minute.
    assert time.monotonic() - begun < 9
    assert batch.returncode == 130, err
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert not [each for each in (*warm, *workers) if alive(each)]


@linux
def test_a_warm_process_that_dies_is_replaced(checker: Checker) -> None:
    """The file that was graded by it is graded again, and so are the others, by a new one."""
    names = {"a": SLEEPS, "b": SLEEPS, "c": RIGHT, "d": WRONG, "e": RIGHT, "f": RIGHT}
    batch, warm = begin(checker, checker.write(**names), "--format", "json")
    for each in warm:
        os.kill(each, signal.SIGKILL)
    out, err = batch.communicate(timeout=60)
    assert batch.returncode == 1, err
    found = [report["verdict"] for report in json.loads(out)["reports"]]
    assert found == ["time_limit_exceeded"] * 2 + ["accepted", "wrong_answer", "accepted", "accepted"]


@linux
def test_a_batch_keeps_no_idle_worker(checker: Checker) -> None:
    """The worker that is begun ahead for one submission is let go: a batch has as many processes as jobs."""
    batch, warm = begin(checker, checker.write(**{f"s{n}": SLEEPS for n in range(3)}))
    batch.send_signal(signal.SIGINT)
    batch.communicate(timeout=60)
    assert len(warm) == 2


def test_hidden_files_are_left_out(checker: Checker) -> None:
    """Hidden files and caches are nobody's submission; a file named twice is graded once."""
    folder = checker.write(**{"a": RIGHT, ".b": WRONG, "__pycache__/c": WRONG, "d/e": RIGHT})
    (folder / "notes.txt").write_text(HEADER)
    code, out, _ = checker.run(folder, folder / "a.py", "--format", "json")
    told = json.loads(out)
    assert (code, told["total"]) == (0, 2)
    assert [report["person"] for report in told["reports"]] == ["a", "d"]
