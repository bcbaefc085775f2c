"""At any width nothing is cut off, in either language, and every topic of the bank opens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from llmprep.bank import Bank
from llmprep.cli.paths import bank_folder

LLMPREP = str(Path(sys.executable).parent / "llmprep")
TOPICS = sorted({summary.id.partition("/")[0] for summary in Bank.open(bank_folder(), None).summaries()})
WRONG = "# llmprep: compression/affine-quantize\ndef affine_quantize(x, dtype='uint8', x_range=None):\n    return 0\n"


def llmprep(home: Path, *arguments: str, width: int = 80, locale: str = "C.UTF-8") -> str:
    """What a run prints, at a width."""
    done = subprocess.run(
        [LLMPREP, *arguments],
        input="",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "LLMPREP_HOME": str(home), "LC_ALL": locale, "COLUMNS": str(width)},
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def letters(text: str) -> str:
    """The letters and Chinese characters alone: what wrapping and boxes do not touch."""
    return "".join(one for one in text if unicodedata.category(one).startswith("L"))


def columns(line: str) -> int:
    """How wide a line is on a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


@pytest.mark.parametrize("command", ["check", "quiz", "export"])
def test_help_is_whole_in_chinese_at_any_width(tmp_path: Path, command: str) -> None:
    """Each word of the help at a wide terminal is there at a narrow one."""
    arguments = [command, "--help"]
    wide, narrow = (llmprep(tmp_path, *arguments, width=width, locale="zh_CN.UTF-8") for width in (300, 60))
    assert max(letters(wide)) >= "\u4e00"
    assert Counter(letters(narrow)) == Counter(letters(wide))
    assert narrow.count("…") == wide.count("…")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_is_whole_at_any_width(tmp_path: Path, lang: str) -> None:
    """No finding is cut short, those left out are counted, and no line but a command is wider than the terminal."""
    submission = tmp_path / "wrong.py"
    submission.write_text(WRONG, encoding="utf-8")
    arguments = ["check", str(submission), "--lang", lang]
    wide, narrow = (llmprep(tmp_path, *arguments, width=width) for width in (300, 46))
    findings = [re.sub(r"\s*•\s*", "", line) for line in wide.splitlines() if line.strip().startswith("•")]
    assert findings
    assert letters(findings[0]) in letters(narrow)
    told = [finding for finding in findings if letters(finding) in letters(narrow)]
    assert len(told) == len(findings) or "--json" in narrow.replace("\n", "")
    lines = [line for line in narrow.splitlines() if "llmprep " not in line]
    assert max(map(columns, lines)) <= 46


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_opens(tmp_path: Path, topic: str, lang: str) -> None:
    """A quiz on it begins with a question of that topic, in that language."""
    told = llmprep(tmp_path, "quiz", "--topic", topic, "--lang", lang, "--json", "--answers", "-")
    first = json.loads(told.splitlines()[0])
    assert first["kind"] == "question"
    assert first["item"].startswith(f"{topic}/")
    assert list(first["prompt"]) == [lang]


def test_there_are_twelve_topics() -> None:
    """All that the bank names have something in them."""
    assert len(TOPICS) == 12
