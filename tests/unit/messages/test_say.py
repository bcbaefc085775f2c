"""Laws of names in messages: whatever a stranger calls a file, its name is one line that no terminal obeys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.errors import Problem, UsageError
from llmprep.messages.say import explain, flat, say
from llmprep.model import Language
from llmprep.ui.problems import message, problem_line
from llmprep.ui.report.findings import words
from llmprep.verdict import Finding

FORGED = "a.py\n✓ Accepted\r\t\x1b[2J\x85\u2028\u2029\u202eyp.\u2066x"
SHOWN = "a.py\\n✓ Accepted\\x0d\\t\\x1b[2J\\x85\\u2028\\u2029\\u202eyp.\\u2066x"


@given(st.text())
def test_flat_text_is_one_line(text: str) -> None:
    """No control character, line break or change of direction is left; what is printable is as it was."""
    assert flat(text).isprintable()
    if text.isprintable():
        assert flat(text) == text


@pytest.mark.parametrize("language", Language)
def test_a_path_is_one_line_wherever_it_is_said(language: Language) -> None:
    """A message, an error and a finding show a path escaped, without the caller's doing."""
    for told in (
        say("check.watching", language, path=Path(FORGED)),
        explain(UsageError("common.no_such_file", path=Path(FORGED)), language),
        explain(UsageError("check.no_submissions", paths=FORGED), language),
        explain(UsageError("bank.unknown_item", name="x", nearest=[FORGED]), language),
        words(Finding("check.unknown_exercise", {"path": Path(FORGED), "names": ""}), None, language),
    ):
        assert SHOWN in told
        assert all(line.isprintable() for line in told.split("\n"))
        assert not any(line.startswith("✓") for line in told.split("\n"))


@pytest.mark.parametrize("language", Language)
def test_a_problem_is_one_line(language: Language) -> None:
    """A bank's problem in a file of any name is one line; so is its message, of which JSON makes a field."""
    problem = Problem(FORGED, 3, FORGED, "bank.unknown_field", {"name": FORGED, "nearest": [FORGED]})
    assert problem_line(problem, language).startswith(f"{SHOWN}:3: {SHOWN}: ")
    assert problem_line(problem, language).isprintable()
    assert "\n" not in message(problem, language)
