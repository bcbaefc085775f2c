"""Runs the code blocks of questions that need nothing but numpy, in a confined worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.errors import Problem
from llmprep.sandbox.job import Limits, converse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from llmprep.model import Code, Question
    from llmprep.sandbox.job import Transcript
    from llmprep.sandbox.process import Worker

SECONDS = 10
"""What one block may take."""
LIMITS = Limits(cpu_seconds=SECONDS, wall_seconds=SECONDS, memory_bytes=4 << 30, printed_bytes=1 << 20)
LONGEST_LINE = 200
"""Characters of what a block printed last, and of the line that failed, which are told."""
LAST_LINES = 3


def runs_here(code: Code) -> bool:
    """Whether a block needs numpy and the standard library alone, by what its author says."""
    return code.framework == "numpy" and set(code.packages) <= {"numpy"}


def run_blocks(question: Question, bank_file: Path, worker: Callable[[], Worker]) -> Iterator[Problem]:
    """Run a question's blocks that can be run; the problems of those that fail.

    Args:
        question: whose blocks they are.
        bank_file: its YAML file, which problems name.
        worker: starts a worker.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    for place, code in enumerate(question.code):
        if runs_here(code):
            transcript = converse(worker(), {"kind": "block", "source": code.text}, LIMITS)
            fault = _fault(transcript, code)
            if fault is not None:
                line, key, facts = fault
                field = f"code.{place}.text"
                printed = _printed(transcript)
                yield Problem(
                    str(bank_file),
                    question.where.get(field, 1) + line - 1,
                    field,
                    f"{key}_printing" if printed else key,
                    {**facts, "printed": printed},
                )


def _fault(transcript: Transcript, code: Code) -> tuple[int, str, dict[str, object]] | None:
    """What kept a block from coming to its end: on which of its lines, and in which words."""
    if transcript.stop == "finished" and not transcript.frames:
        return None
    if transcript.stop == "finished":
        line, message = _told(transcript.frames[0], code)
        return line, "prove.block_failed", {"message": message, "code": _line(code, line)}
    if transcript.stop in {"cpu", "wall"}:
        return 1, "prove.block_too_slow", {"seconds": SECONDS}
    reason = transcript.stop if not transcript.signal else f"{transcript.stop}, signal {transcript.signal}"
    return 1, "prove.block_ended", {"reason": reason}


def _told(frame: tuple[object, ...], code: Code) -> tuple[int, str]:
    """The line and the words of a `broken` frame, which the block, in the same process, may have forged."""
    match frame:
        case ("broken", "text", int(line), str(message)) if 1 <= line <= code.text.count("\n") + 1:
            return line, message[:LONGEST_LINE]
    return 1, "?"


def _line(code: Code, line: int) -> str:
    return code.text.split("\n")[line - 1].strip()[:LONGEST_LINE]


def _printed(transcript: Transcript) -> str:
    """The last lines that a block printed, as one."""
    lines = [line.strip() for line in transcript.printed.decode("utf-8", "replace").splitlines()]
    return " ⏎ ".join([line for line in lines if line][-LAST_LINES:])[-LONGEST_LINE:]
