"""Run the code blocks of questions that need nothing but numpy, in a confined worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.errors import Problem
from llmprep.sandbox.layers import ANY_LAYERS
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.retry import run_with_retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.model import Code, Question
    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.process import Worker

SECONDS = 10
"""What one block may take."""
BLOCK_LIMITS = Limits(cpu_seconds=SECONDS, wall_seconds=SECONDS, memory_bytes=4 << 30, printed_bytes=1 << 20)
LONGEST_PRINTED_LINE = 200
"""Characters of what a block printed last, and of the line that failed, which are told."""
LAST_LINES = 3


def runs_here(code: Code) -> bool:
    """Return whether a block needs numpy and the standard library alone, by its author's account."""
    return code.framework == "numpy" and set(code.packages) <= {"numpy"}


def run_blocks(question: Question, start_worker: Callable[[], Worker]) -> Iterator[Problem]:
    """Run a question's blocks that can be run; yield the problems of those that fail.

    Args:
        question: whose blocks they are.
        start_worker: starts a worker.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    for place, code in enumerate(question.code):
        if runs_here(code):
            job = {"kind": "block", "source": code.text}
            job_result = run_with_retry(start_worker, job, BLOCK_LIMITS, ANY_LAYERS)
            fault = _fault(job_result, code)
            if fault is not None:
                line, key, facts = fault
                field = f"code.{place}.text"
                printed = _printed(job_result)
                yield Problem(
                    str(question.path),
                    question.line_of(field, line),
                    field,
                    f"{key}_printing" if printed else key,
                    {**facts, "printed": printed},
                )


def _fault(job_result: JobResult, code: Code) -> tuple[int, str, dict[str, object]] | None:
    """Return what kept a block from its end: line, message key and facts; None if nothing did."""
    if job_result.stop == "finished" and not job_result.frames:
        return None
    if job_result.stop == "finished":
        line, message = _told(job_result.frames[0], code)
        # Whatever its exit code: assertions that follow would not have been looked at.
        key = "prove.block_leaves" if message.partition(":")[0] == "SystemExit" else "prove.block_failed"
        return line, key, {"message": message, "code": _line(code, line)}
    if job_result.stop in {"cpu", "wall"}:
        return 1, "prove.block_too_slow", {"seconds": SECONDS}
    reason = job_result.stop if not job_result.signal else f"{job_result.stop}, signal {job_result.signal}"
    return 1, "prove.block_ended", {"reason": reason}


def _told(frame: tuple[object, ...], code: Code) -> tuple[int, str]:
    """Return the line and the message of a `broken` frame, which the block, in the same process, may have forged."""
    match frame:
        case ("broken", "text", int(line), str(message)) if 1 <= line <= code.text.count("\n") + 1:
            return line, message[:LONGEST_PRINTED_LINE]
    return 1, "?"


def _line(code: Code, line: int) -> str:
    return code.text.split("\n")[line - 1].strip()[:LONGEST_PRINTED_LINE]


def _printed(job_result: JobResult) -> str:
    """Return the last lines that a block printed, as one."""
    lines = [line.strip() for line in job_result.printed.decode("utf-8", "replace").splitlines()]
    return " ⏎ ".join([line for line in lines if line][-LAST_LINES:])[-LONGEST_PRINTED_LINE:]
