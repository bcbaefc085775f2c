"""Laws of `llmprep check` of one submission, held by the installed command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from submitted import HEADER, RIGHT, WRONG, Checker

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return Checker(tmp_path_factory.mktemp("check"))


DEF = HEADER + "def power(base, exponent):\n"
LOOP = DEF + "    while True:\n        pass\n"
LARGE = DEF + "    import numpy as np\n\n    return np.ones(1 << 30)\n"

BAD: dict[str, tuple[bytes | str | None, int, str, str]] = {
    "missing file": (None, 2, "There is no file", "不存在"),
    "folder without Python": ("folder", 2, "There is no Python file and no notebook in", "没有 Python 文件或笔记本"),
    "bytes": (b"\x7fELF\0\xff\xfe", 1, "It is not text but ELF data", "它不是文本，而是以 Python 文件命名的 ELF 数据"),
    "empty": (b"", 2, "Cannot determine which exercise", "无法判断"),
    "syntax error": (DEF + "    return base +* 1\n", 1, "Syntax error on line 3", "第 3 行语法错误"),
    "no entry": (
        HEADER + "def powers(): ...\n",
        1,
        "Names that it defines: powers.",
        "没有定义 power。文件中定义的名称：powers。",
    ),
    "wrong parameters": (HEADER + "def power(base): ...\n", 1, "Its parameters do not match", "参数不符"),
    "wrong return type": (DEF + '    return "8"\n', 1, "Expected int, got str", "期望 int，实际为 str"),
    "endless loop": (LOOP, 1, "more than 4 s of CPU time", "CPU 时间超过 4 秒"),
    "8 GiB": (LARGE, 1, "more memory than the limit", "申请的内存超过限制"),
    "unknown exercise": ("# llmprep: mini/powers\n" + RIGHT, 2, "mini/powers", "mini/powers"),
}
VERDICTS = {
    "bytes": "invalid_submission",
    "syntax error": "invalid_submission",
    "no entry": "invalid_submission",
    "wrong parameters": "invalid_submission",
    "wrong return type": "wrong_answer",
    "endless loop": "time_limit_exceeded",
    "8 GiB": "memory_limit_exceeded",
}


def write(path: Path, content: bytes | str | None) -> Path:
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bad_input_is_told_plainly(checker: Checker, tmp_path: Path, name: str, lang: str) -> None:
    """Whatever is handed in, the reader learns what is wrong with it in his language; the exit code tells the kind."""
    content, code, english, chinese = BAD[name]
    path = write(tmp_path / "submission.py", content)
    got, out, err = checker.run(path, "--lang", lang)
    assert got == code, err
    told = err if code == 2 else out
    assert (english if lang == "en" else chinese) in " ".join(told.split())
    assert (out == "") == (code == 2)


@pytest.mark.parametrize("name", VERDICTS)
def test_bad_submissions_get_their_verdict(checker: Checker, tmp_path: Path, name: str) -> None:
    """JSON names the verdict; what is not accepted exits 1."""
    code, out, _ = checker.run(write(tmp_path / "submission.py", BAD[name][0]), "--json")
    assert (code, json.loads(out)["verdict"]) == (1, VERDICTS[name])


def test_a_caret_stands_under_the_syntax_error(checker: Checker, tmp_path: Path) -> None:
    """The line of a syntax error is shown, and the caret is under the place that Python names."""
    path = write(tmp_path / "submission.py", BAD["syntax error"][0])
    lines = checker.run(path, "--plain")[1].splitlines()
    place = next(number for number, line in enumerate(lines) if "return base +* 1" in line)
    assert lines[place + 1].strip() == "^"
    assert lines[place + 1].index("^") == lines[place].index("*")


def test_the_reference_is_accepted(checker: Checker, tmp_path: Path) -> None:
    """A right solution exits 0, found by its header or by what it defines, and nothing is written beside it."""
    for source in (HEADER + RIGHT, RIGHT):
        path = write(tmp_path / "submission.py", source)
        code, out, err = checker.run(path, "--lang", "en")
        assert (code, err) == (0, "")
        assert out.startswith("✓ Accepted  Power  mini/power\n  10 of 10 cases · score 100 %\n")
        assert [file.name for file in tmp_path.iterdir()] == ["submission.py"]


def listed_keys() -> dict[str, list[str]]:
    """The keys of a report by the README, each with those beneath it."""
    words = README.read_text(encoding="utf-8").partition("prints the report as data:")[2].partition("\n\n")[0]
    return {name: re.findall(r"`(\w+)`", inside) for name, inside in re.findall(r"`(\w+)`(?:\s+\(([^)]*)\))?", words)}


@pytest.mark.parametrize("source", [RIGHT, WRONG])
def test_json_has_the_keys_that_the_readme_lists(checker: Checker, tmp_path: Path, source: str) -> None:
    """A report's keys are those of the README, in its order; so are those of its first failure and its mistake."""
    listed = listed_keys()
    code, out, err = checker.run(write(tmp_path / "submission.py", HEADER + source), "--format", "json")
    report = json.loads(out)
    assert err == ""
    assert list(report) == list(listed)
    assert report["verdict"] in listed["verdict"]
    assert (report["version"], report["kind"], report["exercise"]) == (1, "report", "mini/power")
    if source == RIGHT:
        assert (code, report["accepted"], report["score"], report["first_failure"]) == (0, True, 1.0, None)
    else:
        assert (code, report["accepted"], report["mistake"]["id"]) == (1, False, "product")
        assert list(report["first_failure"]) == listed["first_failure"]
        assert list(report["mistake"]) == listed["mistake"]


@pytest.mark.parametrize(("option", "begins"), [("--help", False), ("--plain", True)])
def test_help_begins_no_worker(checker: Checker, option: str, begins: bool) -> None:
    """A worker is begun ahead for a check, and not for its help."""
    code = (
        "import sys\nfrom llmprep.__main__ import main\ntry:\n    main()\nexcept SystemExit:\n"
        "    from llmprep.sandbox import prestart\n"
        "    print(bool(prestart._waiting), file=sys.stderr)\n"
        "    prestart.release()\n"
    )
    command = [sys.executable, "-c", code, "check", "nothing.py", option]
    done = subprocess.run(command, capture_output=True, text=True, env=checker.environ, check=False, timeout=60)
    assert done.stderr.split()[-1] == str(begins)
