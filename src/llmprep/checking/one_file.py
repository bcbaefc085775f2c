"""Check one file: read it, find its exercise, run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.notebook import in_cells
from llmprep.checking.pipeline import check
from llmprep.checking.submission import UnreadableSubmissionError
from llmprep.checking.submission_file import read_submission
from llmprep.verdict import Report, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from llmprep.checking.identify import Exercises
    from llmprep.checking.options import JudgeOptions
    from llmprep.model import Exercise


class CheckedFile(NamedTuple):
    """The exercise that a file solves, None if that is not known, and the report."""

    exercise: Exercise | None
    report: Report


def check_file(file: Path, exercises: Exercises, options: JudgeOptions) -> CheckedFile:
    """Check one file.

    Args:
        file: a script or a notebook.
        exercises: identify the exercise that it solves.
        options: how it is run.

    Raises:
        UsageError: there is no such file, or its exercise is not certain.
        BankError: the exercise is invalid, or its own code failed.
        EnvironmentFault: the file cannot be read, no worker can be started, or a required layer is missing.
    """
    try:
        submission = read_submission(file)
    except UnreadableSubmissionError as error:
        known = exercises.of_head(error.head)
        name, digest = (known.id, known.digest) if known else ("", "")
        return CheckedFile(known, Report(name, digest, Verdict.INVALID_SUBMISSION, (), 0, (error.finding,)))
    exercise = exercises.of_source(submission.text, file)
    report = check(exercise, submission.text, options)
    return CheckedFile(exercise, in_cells(report, submission.cells) if submission.cells else report)
