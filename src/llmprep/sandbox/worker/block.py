"""Run a question's code block: bank code, confined as a submission is."""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

from llmprep.sandbox.worker.run_case import own_frames, plain_error

if TYPE_CHECKING:
    from llmprep.sandbox.worker.frame_writer import FrameWriter

FILENAME = "<block>"


def run(job: dict[str, Any], answer: FrameWriter) -> None:
    """Run `job["source"]` as a program.

    Frames: `("broken", "text", line, message)` if it fails, or leaves before its end with whatever exit code; none if
    it comes to its end.
    """
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    try:
        exec(compile(job["source"], FILENAME, "exec", dont_inherit=True), module.__dict__)
    except BaseException as error:
        _answer_broken(error, answer)
    finally:
        answer.printed()  # which also sends on what is left to be printed


def _answer_broken(error: BaseException, answer: FrameWriter) -> None:
    frames = own_frames(error, FILENAME)
    line = error.lineno if isinstance(error, SyntaxError) else frames[-1][0] if frames else 1
    raised = plain_error(error)
    answer("broken", "text", line or 1, f"{raised.names[0]}: {raised.message}" if raised.message else raised.names[0])
