"""Laws of what a report says of reproducing its first failing case."""

from __future__ import annotations

import io
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from llmprep.cli.check_onward import again
from llmprep.model import Exercise, Language, Text, Tolerance
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.values import Arguments, Array, Bound, Call, Script
from llmprep.verdict import CaseResult, Finding, Report, Verdict

TEXT = Text("text", "文字")
EXERCISE = Exercise(
    id="topic/it", title=TEXT, difficulty="easy", minutes=1, prompt=TEXT, sources=(), kind="exercise", entry="it",
    starter="def it(x):\n    ...", reference="", cases=(), tolerance=Tolerance(0, 0), mistakes=(),
    hints=(TEXT, TEXT, TEXT), explanation=TEXT,
)  # fmt: skip
COMMAND = "llmprep check it.py --snippet failing_case.py"


def report(*inputs: Any) -> Report:
    failing = CaseResult(0, "general", Verdict.WRONG_ANSWER, Arguments(inputs, {}), 1, 2)
    return Report("topic/it", "", Verdict.WRONG_ANSWER, (failing,), 1)


def drawn(told: Report, language: Language = Language.EN, command: str = COMMAND) -> str:
    console = Console(file=io.StringIO(), width=60)
    print_report(console, told, EXERCISE, language, Checked("it.py", command))
    return console.file.getvalue()  # type: ignore[attr-defined]


SMALL, LARGE = 3, Array("int64", (500,), bytes(range(250)) * 16)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("given", [SMALL, LARGE])
def test_a_snippet_is_named_by_its_command(language: Language, given: Any) -> None:
    """A report names the command that writes the snippet, on one line that is not broken, and never holds it."""
    shown = drawn(report(given), language)
    assert "submission[" not in shown
    assert [line for line in shown.splitlines() if "--snippet" in line and line.rstrip().endswith(COMMAND)]


def test_what_was_written_is_not_shown_again() -> None:
    """With `--snippet` the report is without the command; an accepted one has none."""
    assert "snippet" not in drawn(report(SMALL), command="")
    accepted = replace(report(SMALL), verdict=Verdict.ACCEPTED, cases=(CaseResult(0, "general", Verdict.ACCEPTED),))
    assert "snippet" not in drawn(accepted)


def test_json_leaves_out_what_is_too_long_for_a_batch() -> None:
    """A snippet of more bytes than asked for is null; without a limit it is whole."""
    told = report(LARGE)
    whole = report_json(told, EXERCISE, Language.EN, Checked("it.py"))["first_failure"]["snippet"]
    size = len(whole.encode())
    for longest, found in [(size, whole), (size - 1, None)]:
        assert (
            report_json(told, EXERCISE, Language.EN, Checked("it.py"), longest=longest)["first_failure"]["snippet"]
            == found
        )
    assert report_json(told, None, Language.EN, Checked("it.py"))["first_failure"]["snippet"] is None


def test_the_command_asks_for_the_same_case() -> None:
    """Exercise, seed and bank are named again, each quoted for the shell."""
    command = again(Path("my file.py"), "a/b", Path("it's"), "--explain", seed=7)
    assert shlex.split(command) == [
        "llmprep", "check", "my file.py", "--exercise", "a/b", "--seed", "7", "--bank", "it's", "--explain",
    ]  # fmt: skip
    assert again(Path("it.py"), None, None, "--snippet", "failing_case.py") == COMMAND
    assert shlex.split(again(Path("-it.py"), None, None)) == ["llmprep", "check", "./-it.py"]


def test_a_name_moves_no_terminal() -> None:
    """A stranger's file and a stranger's bank choose names: nothing in them is obeyed when a report shows them."""
    evil = "\x1b]0;owned\x07\nx"
    script = Script(Arguments((LARGE,), {evil: Bound(evil, (), {})}), (Call(evil, None),))
    failing = CaseResult(0, "general", Verdict.WRONG_ANSWER, script, [1], [2])
    passed = CaseResult(0, "general", Verdict.ACCEPTED)
    for result in (failing, passed):
        told = Report("topic/it", "", result.verdict, (result,), 1)
        console = Console(file=io.StringIO(), width=60)
        checked = Checked(evil, f"llmprep check {evil}", explain_command=f"llmprep check {evil}")
        print_report(console, told, EXERCISE, Language.EN, checked)
        shown = console.file.getvalue()  # type: ignore[attr-defined]
        assert "owned" in shown
        assert "\x1b" not in shown
        assert "\x07" not in shown


@pytest.mark.parametrize("number", [3, 5])
def test_findings_that_are_not_shown_are_counted(number: int) -> None:
    """Three are shown; of more, the report says how many and where they are."""
    findings = tuple(Finding("check.length", {"path": f"[{n}]", "got": 1, "expected": 2}) for n in range(number))
    told = report(SMALL)
    told = replace(told, cases=(replace(told.cases[0], findings=findings),))
    english, chinese = drawn(told), drawn(told, Language.ZH)
    assert english.count("In output[") == 3
    assert ("and 2 more (--json" in english) == ("另有 2 项（--json" in chinese) == (number == 5)
