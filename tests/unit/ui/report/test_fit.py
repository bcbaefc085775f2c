"""A report fits a screen, and says first what helps most."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from rich.console import Console

from llmprep.model import Exercise, Language, Mistake, Text, Tolerance
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.ui.terminal.wrap import width_of
from llmprep.values import Arguments, Array, Call, Script
from llmprep.verdict import CaseResult, Finding, Report, Verdict

TEXT = Text("text", "文字")
EXERCISE = Exercise(
    id="topic/it", title=TEXT, difficulty="easy", minutes=1, prompt=TEXT, sources=(), kind="exercise", entry="it",
    starter="def it(x):\n    ...", reference="", cases=(), tolerance=Tolerance(0, 0),
    mistakes=(Mistake("m", "", Text("The **sign** is turned.", "**符号**颠倒了。")),), hints=(TEXT, TEXT, TEXT),
    explanation=TEXT,
)  # fmt: skip
COMMAND = "llmprep check it.py --snippet failing_case.py"
SHORT = CaseResult(0, "general", Verdict.WRONG_ANSWER, Arguments((3,), {}), 1, 2)


def drawn(failure: CaseResult, language: Language = Language.EN, mistake: str = "", room: int = 23) -> list[str]:
    """The lines of a report on 80 columns, those that a terminal breaks counted as it breaks them."""
    told = Report("topic/it", "", Verdict.WRONG_ANSWER, (failure,), 1, mistake=mistake)
    console = Console(file=io.StringIO(), width=80)
    print_report(console, told, EXERCISE, language, Checked("it.py", COMMAND, room=room))
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    return [part for line in lines for part in [line, *[""] * ((width_of(line) - 1) // 80)]]


@pytest.mark.parametrize(("language", "hint"), [(Language.EN, "sign"), (Language.ZH, "符号")])
def test_a_known_mistake_stands_right_under_the_verdict(language: Language, hint: str) -> None:
    """Nothing comes between them, and it is told once."""
    lines = drawn(SHORT, language, "m")
    assert lines[0].startswith("✗")
    assert hint in lines[2]
    assert sum(hint in line for line in lines) == 1


WIDE = Array("float64", (6, 7), struct.pack("<42d", *(one / 7 for one in range(42))))
LONG = Finding("check.value", {"path": "", "off": 40, "total": 42, "index": (1, 2), "got": 1.5, "expected": 2.5})
FAILURES = {
    "short": replace(SHORT, findings=(LONG,)),
    "arrays": replace(
        SHORT, inputs=Arguments((WIDE, WIDE, WIDE), {}), expected=[WIDE] * 3, got=[WIDE] * 3, findings=(LONG,) * 9
    ),
    "a script": replace(
        SHORT,
        inputs=Script(Arguments((WIDE,), {}), (Call("step", Arguments((WIDE, WIDE), {})),) * 30),
        expected=[WIDE] * 30,
        got=[WIDE] * 30,
        findings=(replace(LONG, facts={**LONG.facts, "call": "step", "number": 17}),) * 9,
    ),
    "much printed": replace(SHORT, printed="a line of it\n" * 500),
}


@pytest.mark.parametrize("language", [Language.EN, Language.ZH])
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("mistake", ["", "m"])
@pytest.mark.parametrize("room", [23, 22])
def test_a_report_of_a_failing_case_fits_a_screen(
    language: Language, failure: CaseResult, mistake: str, room: int
) -> None:
    """On 80 columns it leaves a line for the prompt, or two for what `--watch` says; the call and the command stand."""
    lines = drawn(failure, language, mistake, room)
    assert len(lines) <= room
    assert any("it(" in line for line in lines)
    assert any(line.endswith(COMMAND) for line in lines)


def test_what_there_is_room_for_is_told() -> None:
    """Nothing is left out of a report that fits as it is."""
    findings = tuple(replace(LONG, facts={**LONG.facts, "off": number}) for number in (7, 8, 9))
    lines = drawn(replace(SHORT, findings=findings))
    assert all(any(f"{number} of 42" in line for line in lines) for number in (7, 8, 9))


def test_of_a_long_script_the_call_that_went_wrong_is_shown() -> None:
    """With the construction and the calls that lead to it, each by its number, and what came of that call alone."""
    calls = tuple(Call("step", Arguments((number,), {})) for number in range(100, 130))
    right = list(range(30))
    wrong = [*right[:16], 99, *right[17:]]
    finding = replace(LONG, facts={**LONG.facts, "call": "step", "number": 17})
    script = Script(Arguments((), {}), calls)
    lines = [
        line.strip() for line in drawn(replace(SHORT, inputs=script, expected=right, got=wrong, findings=(finding,)))
    ]
    assert [line for line in lines if "subject.step(1" in line] == [
        f"subject.step({99 + number})  # {number}" for number in (14, 15, 16, 17)
    ]
    assert "called  subject = it()" in lines
    assert "# calls 1 to 13: …" in lines
    assert "expected  16" in lines
    assert "got  99" in lines
