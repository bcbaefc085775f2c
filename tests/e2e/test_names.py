"""Whatever files, folders and people are called: no command prints a line that a name forged."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from submitted import HEADER, LLMPREP, RIGHT, WRONG, Checker

if TYPE_CHECKING:
    from pathlib import Path

LINE = "✓ Accepted  eve.power.py  power  100 %"
NAME = f"a.py\n{LINE}\n\u2028{LINE}\r\t\u202e\x85{LINE}"
FILE = f"{NAME}.py"


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    """The installed command; its own folder has a name of the kind too."""
    return Checker(tmp_path)


def honest(*told: str) -> bool:
    """Whether no line is the forged one, nor holds what would make it one."""
    lines = [line for text in told for line in text.split("\n")]
    return not any(line.startswith("✓ Accepted  eve") for line in lines) and all(map(str.isprintable, lines))


def submission(checker: Checker, source: str) -> Path:
    folder = checker.folder / "submissions" / NAME
    folder.mkdir(parents=True)
    (folder / FILE).write_text(HEADER + source, encoding="utf-8")
    (folder / f"unknown{FILE}").write_text("pass\n", encoding="utf-8")
    return folder / FILE


@pytest.mark.parametrize("lang", ["en", "both"])
def test_many(checker: Checker, lang: str) -> None:
    """Lines, table and JUnit show names escaped; JSON holds them to the letter."""
    path = submission(checker, WRONG)
    folder = path.parent.parent
    code, out, err = checker.run(folder, "--lang", lang, "--plain")
    assert (code, honest(out, err)) == (1, True)
    assert "\\n✓ Accepted  eve" in out
    junit = ET.fromstring(checker.run(folder, "--format", "junit", "--lang", lang)[1])
    for case in junit.iter("testcase"):
        failure = case.find("failure")
        assert failure is not None
        for text in (case.get("name"), case.get("classname"), failure.get("message"), failure.text):
            assert honest(text or "")
    for form in ("csv", "json"):
        assert honest(*checker.run(folder, "--format", form, "--lang", lang)[1:])
    data = json.loads(checker.run(folder, "--format", "json")[1])
    assert [(report["person"], report["file"]) for report in data["reports"]] == [(NAME, str(path))]
    assert data["skipped"] == {"helpers": 1}
    pages = checker.folder / "pages"
    code, out, err = checker.run(folder, "--feedback", pages, "--lang", lang)
    assert honest(out, err, *(path.read_text(encoding="utf-8") for path in pages.iterdir()))


@pytest.mark.parametrize("lang", ["en", "both"])
def test_one(checker: Checker, lang: str) -> None:
    """A report, its commands, its snippet's and every refusal."""
    path = submission(checker, WRONG)
    home = checker.folder / NAME
    checker.environ["LLMPREP_HOME"] = str(home)
    checker.own_bank().rename(checker.folder / f"bank{NAME}")
    checker.bank = checker.folder / f"bank{NAME}"
    assert honest(*checker.run(path, "--lang", lang)[1:])
    assert honest(*checker.run(path, "--lang", lang, "--snippet", f"snippet{FILE}")[1:])
    assert honest(*checker.run(path, "--lang", lang, "--snippet", path)[1:])
    for one in (path.parent / f"unknown{FILE}", path.parent / f"gone{FILE}"):
        assert honest(*checker.run(one, "--lang", lang)[1:])
    path.write_text(HEADER + RIGHT, encoding="utf-8")
    assert honest(*checker.run(path, "--lang", lang, "--snippet", f"other{FILE}")[1:])


def test_the_other_commands(checker: Checker) -> None:
    """Wherever a name may be given or found: a bank, an item's file, an answer's, an output."""
    bank = checker.own_bank()
    shutil.copy(bank / "mini" / "power.yaml", bank / "mini" / f"{NAME}.yaml")
    answers = checker.folder / NAME
    answers.write_text("no json\n", encoding="utf-8")
    blocked = checker.folder / f"blocked{NAME}"
    blocked.touch()
    for arguments in (
        ["validate", bank],
        ["validate", "--json", bank],
        ["show", "a.py", "--bank", bank],
        ["show", NAME, "--bank", bank],
        ["show", "power", "--bank", checker.folder / f"gone{NAME}"],
        ["show", "power", NAME, "--bank", bank],
        ["start", "mini/softmax", "--bank", checker.bank, "--output", f"start{FILE}"],
        ["start", "mini/softmax", "--bank", checker.bank, "--output", f"start{FILE}"],
        ["quiz", "--answers", answers],
        ["quiz", "--answers", f"gone{NAME}"],
        ["export", "--output", f"export{NAME}"],
        ["export", "--output", blocked / "x"],
        ["doctor"],
        ["doctor", "--json"],
    ):
        done = subprocess.run(
            [LLMPREP, *map(str, arguments)],
            capture_output=True, text=True, encoding="utf-8", cwd=checker.folder, check=False, timeout=120,
            env=checker.environ | ({"LLMPREP_HOME": str(blocked)} if arguments[0] == "doctor" else {}),
        )  # fmt: skip
        assert honest(done.stdout, done.stderr), (arguments, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
