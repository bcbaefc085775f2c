"""The bank's framework code runs as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from llmprep.bank import Bank
from llmprep.model import Code, Question

BANK = Path(__file__).parents[2] / "bank"
SECONDS = 300
"""A block takes seconds on a quiet machine; this is for a loaded one."""


def blocks() -> list[pytest.param]:
    questions = [item for item in Bank.open(BANK, None).items() if isinstance(item, Question)]
    return [
        pytest.param(code, id=f"{question.id}-{place}")
        for question in questions
        for place, code in enumerate(question.code)
    ]


@pytest.mark.parametrize("code", blocks())
def test_a_block_runs_and_proves_what_it_says(code: Code, tmp_path: Path) -> None:
    """Each code block exits well, alone in its own process, on a CPU; its assertions are its proof."""
    file = tmp_path / "block.py"
    file.write_text(code.text, encoding="utf-8")
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "2"}
    done = subprocess.run(
        [sys.executable, str(file)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "assert" in code.text
    assert done.stdout.strip(), "it prints the figures that it asserts"
