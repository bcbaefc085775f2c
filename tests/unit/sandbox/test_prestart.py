"""The command lines for which a worker is started ahead."""

from __future__ import annotations

import pytest

from llmprep.sandbox.prestart import is_useful


@pytest.mark.parametrize(
    "line",
    [
        "check x.py",
        "check --exercise bert/mlm-masking x.py",
        "check x.py --json --seed 7",
        "--lang zh check x.py",
        "--lang=zh check x.py",
        "--lang en --lang zh check x.py",
        "check --lang zh x.py",
    ],
)
def test_a_file_to_check_needs_a_worker(line: str) -> None:
    """Wherever the options stand, those before the command too."""
    assert is_useful(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "quiz",
        "quiz check",
        "show check x.py",
        "check",
        "check --json",
        "check --help",
        "check x.py -h",
        "--help check x.py",
        "--lang check x.py",
        "--lang",
        "--version",
        "check x.py --watch",
    ],
)
def test_other_commands_start_none(line: str) -> None:
    """Neither help, nor a check without a file, nor a watched file, which forked workers check."""
    assert not is_useful(line.split())
